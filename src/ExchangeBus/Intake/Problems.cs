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

    internal static ProblemHttpResult NotABatch() => Problem(StatusCodes.Status400BadRequest, "malformed",
        "Nội dung phải là một mảng JSON. / The body must be a JSON array.",
        [new Violation("", "batch.malformed", "Nội dung phải là một mảng JSON.", "The body must be a JSON array.")]);

    internal static ProblemHttpResult UnknownMediaType() => Problem(StatusCodes.Status415UnsupportedMediaType, "mediatype",
        "Chỉ nhận CloudEvents dạng JSON. / Only CloudEvents in JSON are taken.",
        [new Violation("", "body.mediatype",
            $"Hãy gửi {CloudEventJson.MediaType}, {CloudEventJson.BatchMediaType} hoặc tiêu đề ce-*.",
            $"Send {CloudEventJson.MediaType}, {CloudEventJson.BatchMediaType} or ce-* headers.")]);

    internal static ProblemHttpResult Unauthorized() => Problem(StatusCodes.Status401Unauthorized, "unauthorized",
        "Không nhận ra hệ thống gửi. / The sending system is not known.",
        [new Violation("", "sender.unknown", "Thiếu hoặc sai khóa trong tiêu đề Authorization.", "The key in the Authorization header is missing or wrong.")]);

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
}
