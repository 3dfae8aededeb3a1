using System.Text.Json;
using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Intake;

/// <summary>Refusals of the HTTP door as problem details (RFC 9457), in both languages.</summary>
internal static class Problems
{
    internal static ProblemHttpResult Of(Answer answer) => Problem(
        answer.Kind switch
        {
            AnswerKind.Limited => StatusCodes.Status429TooManyRequests,
            AnswerKind.Malformed => StatusCodes.Status400BadRequest,
            AnswerKind.Forbidden => StatusCodes.Status403Forbidden,
            AnswerKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        "rejected", "Sự kiện không được nhận. / The event was not accepted.", answer.Receipt.Violations, answer.Receipt);

    internal static ProblemHttpResult TooLarge(int limit) => Problem(StatusCodes.Status413PayloadTooLarge, "toolarge",
        $"Nội dung lớn quá {limit} byte. / The body is larger than {limit} bytes.",
        TooLargeViolations(limit));

    internal static IReadOnlyList<Violation> TooLargeViolations(int limit) =>
        [new Violation("", "body.toolarge", $"Nội dung lớn quá {limit} byte.", $"The body is larger than {limit} bytes.")];

    internal static ProblemHttpResult TooMany(int limit) => Problem(StatusCodes.Status413PayloadTooLarge, "toomany",
        $"Một lô có nhiều nhất {limit} sự kiện. / A batch has at most {limit} events.",
        [new Violation("", "batch.toomany", $"Một lô có nhiều nhất {limit} sự kiện.", $"A batch has at most {limit} events.")]);

    /// <param name="broken">Where it ceases to be JSON; null when it is JSON and no array.</param>
    internal static ProblemHttpResult NotABatch(JsonException? broken) => Problem(StatusCodes.Status400BadRequest, "malformed",
        "Nội dung phải là một mảng JSON. / The body must be a JSON array.",
        [broken is { LineNumber: { } line, BytePositionInLine: { } at }
            ? new Violation("", "batch.malformed",
                $"Nội dung phải là một mảng JSON; không còn là JSON hợp lệ từ dòng {line + 1}, byte {at + 1}.",
                $"The body must be a JSON array; it ceases to be JSON at line {line + 1}, byte {at + 1}.")
            : new Violation("", "batch.malformed", "Nội dung phải là một mảng JSON.", "The body must be a JSON array.")]);

    internal static ProblemHttpResult UnknownMediaType() => Problem(StatusCodes.Status415UnsupportedMediaType, "mediatype",
        "Chỉ nhận CloudEvents dạng JSON. / Only CloudEvents in JSON are taken.",
        [new Violation("", "body.mediatype",
            $"Hãy gửi {CloudEventJson.MediaType}, {CloudEventJson.BatchMediaType} hoặc tiêu đề ce-*.",
            $"Send {CloudEventJson.MediaType}, {CloudEventJson.BatchMediaType} or ce-* headers.")]);

    internal static ProblemHttpResult TooFast() => Problem(StatusCodes.Status429TooManyRequests, "limit",
        "Hệ thống gửi nhanh hơn mức cho phép; hãy gửi lại sau. / The system sends more than it may; send again later.", [TooFastViolation()]);

    internal static Violation TooFastViolation() => new("", "limit.rate",
        "Hệ thống gửi nhiều sự kiện hơn mức cho phép; hãy gửi lại sau.", "The system sends more events than it may; send again later.");

    internal static ProblemHttpResult TooManyAtOnce() => Problem(StatusCodes.Status429TooManyRequests, "limit",
        "Hệ thống có quá nhiều yêu cầu cùng lúc. / The system has too many requests in work.",
        [new Violation("", "limit.concurrent", "Hệ thống có quá nhiều yêu cầu cùng lúc; hãy chờ trả lời.", "The system has too many requests in work; wait for answers.")]);

    internal static ProblemHttpResult NotReviewer() => Problem(StatusCodes.Status403Forbidden, "reviewer",
        "Hệ thống không có quyền xem xét. / The system is not registered as a reviewer.",
        [new Violation("", "review.forbidden", "Hệ thống không có quyền xem xét sự kiện của đơn vị khác.", "The system is not registered to judge events of others.")]);

    internal static ProblemHttpResult BadDecision(string choices) => Problem(StatusCodes.Status422UnprocessableEntity, "decision",
        "Quyết định không hợp lệ. / The decision is not valid.",
        [new Violation("/decision", "review.decision", $"Chọn một trong: {choices}, và ghi lý do (3 đến 1.000 ký tự).", $"Choose one of: {choices}, and say why (3 to 1,000 characters).")]);

    internal static ProblemHttpResult NotFirst(long first) => Problem(StatusCodes.Status409Conflict, "order",
        "Phải quyết định sự kiện trước đó trước. / An earlier event must be decided first.",
        [new Violation("", "review.order", $"Sự kiện ở vị trí {first} của cùng đối tượng phải được quyết định trước.", $"The event at position {first} about the same subject must be decided first.")]);

    internal static ProblemHttpResult Unavailable() => Problem(StatusCodes.Status503ServiceUnavailable, "unavailable",
        "Trục tạm thời không nhận được; hãy gửi lại. / The bus cannot take the event now; send it again.",
        [new Violation("", "bus.unavailable", "Hãy gửi lại sau; gửi lại là an toàn.", "Send again later; sending again is safe.")]);

    private static ProblemHttpResult Problem(int status, string type, string title, IReadOnlyList<Violation> violations, Receipt? receipt = null)
    {
        var extensions = new Dictionary<string, object?> { ["violations"] = violations };
        if (receipt?.Source is not null)
            extensions["source"] = receipt.Source;
        if (receipt?.Id is not null)
            extensions["id"] = receipt.Id;
        return TypedResults.Problem(title: title, statusCode: status, type: $"https://schemas.exchangebus.vn/problems/{type}", extensions: extensions);
    }

    /// <summary>One of each violation that only this door has, for the catalogue of codes.</summary>
    internal static IEnumerable<Violation> All => new[]
        {
            TooLarge(0), TooMany(0), NotABatch(null), UnknownMediaType(), TooFast(), TooManyAtOnce(), NotReviewer(), BadDecision("…"), NotFirst(1), Unavailable(),
        }
        .SelectMany(problem => (IReadOnlyList<Violation>)problem.ProblemDetails.Extensions["violations"]!);
}
