using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Delivery;

/// <summary>Refusals about dead letters and jobs as problem details (RFC 9457), in both languages.</summary>
internal static class DeliveryProblems
{
    internal static ProblemHttpResult UnknownSubscription() => Problem(StatusCodes.Status404NotFound, new Violation("", "delivery.subscription",
        "Đơn vị không có đăng ký nhận này.", "Your agency has no such subscription."));

    internal static ProblemHttpResult UnknownDeadLetter() => Problem(StatusCodes.Status404NotFound, new Violation("", "deadletter.unknown",
        "Không có tin không giao được ở vị trí này.", "There is no dead letter at this position."));

    internal static ProblemHttpResult UnknownJob() => Problem(StatusCodes.Status404NotFound, new Violation("", "job.unknown",
        "Đăng ký nhận này không có công việc đó.", "The subscription has no such job."));

    internal static ProblemHttpResult Invalid(IReadOnlyList<Violation> violations) => Problem(StatusCodes.Status422UnprocessableEntity, [.. violations]);

    internal static ProblemHttpResult Malformed() => Problem(StatusCodes.Status400BadRequest, new Violation("", "job.malformed",
        "Nội dung không phải JSON hợp lệ hoặc có trường không biết.", "The body is not well-formed JSON, or has a field that is not known."));

    internal static ProblemHttpResult TooMany(int limit) => Problem(StatusCodes.Status409Conflict, new Violation("", "job.toomany",
        $"Một đăng ký nhận có nhiều nhất {limit} công việc chưa xong.", $"A subscription has at most {limit} jobs that are not over."));

    internal static ProblemHttpResult WrongState(string state) => Problem(StatusCodes.Status409Conflict, new Violation("", "job.state",
        $"Công việc đang ở trạng thái {state}.", $"The job is {state}."));

    internal static ProblemHttpResult WrongWay() => Problem(StatusCodes.Status409Conflict, new Violation("", "job.way",
        "Đăng ký này tự hỏi lấy sự kiện nên không có tin không giao được; hãy dùng replay.", "This subscription asks for its events itself, so it has no dead letters; use a replay."));

    internal static Violation BadWhy() => new("/reason", "job.reason", "Hãy ghi lý do, 3 đến 1.000 ký tự.", "Say why, in 3 to 1,000 characters.");

    internal static Violation BadOfficer() => new("/officer", "job.officer", "Hãy ghi mã cán bộ, 1 đến 64 ký tự.", "Give the code of the officer, 1 to 64 characters.");

    internal static Violation BadRate() => new("/rate", "job.rate", "Tốc độ từ 1 đến 5.000 sự kiện mỗi giây.", "The rate is 1 to 5,000 events a second.");

    internal static Violation BadAge() => new("/olderThan", "job.olderthan",
        "olderThan là khoảng thời gian dương theo ISO 8601, ví dụ P30D.", "olderThan is a positive duration of ISO 8601, for example P30D.");

    internal static Violation BadSelection(int limit) => new("/sequences", "job.selection",
        $"Hãy ghi sequences (1 đến {limit} vị trí) hoặc all: true; reasons và before chỉ đi cùng all.",
        $"Give either sequences (1 to {limit} positions) or all: true; reasons and before go with all only.");

    internal static Violation NoDeadLetter(string pointer) => new(pointer, "job.sequence", "Không có tin không giao được ở vị trí này.", "There is no dead letter at this position.");

    internal static Violation BadRange() => new("", "job.range",
        "Hãy ghi fromSequence hoặc fromTime; điểm cuối (toSequence hoặc toTime) không được trước điểm đầu.",
        "Give either fromSequence or fromTime; the end (toSequence or toTime) must not be before the beginning.");

    internal static Violation TooMuchWrong(int shown) => new("", "job.more", $"Còn lỗi khác; chỉ nêu {shown} lỗi đầu.", $"There is more; only the first {shown} are listed.");

    /// <summary>One of each, for the catalogue of codes.</summary>
    internal static IEnumerable<Violation> All =>
    [
        .. Problems.SelectMany(problem => (Violation[])problem.ProblemDetails.Extensions["violations"]!),
        BadWhy(), BadOfficer(), BadRate(), BadAge(), BadSelection(0), NoDeadLetter(""), BadRange(), TooMuchWrong(0),
    ];

    internal static int StatusOf(string code) => Problems.FirstOrDefault(problem => ((Violation[])problem.ProblemDetails.Extensions["violations"]!)[0].Code == code)?.StatusCode
        ?? StatusCodes.Status422UnprocessableEntity;

    internal static string SourceOf(string code) => code is "job.olderthan" ? "ISO 8601" : "docs/for-operators.md";

    private static ProblemHttpResult[] Problems => [UnknownSubscription(), UnknownDeadLetter(), UnknownJob(), Malformed(), TooMany(0), WrongState("…"), WrongWay()];

    private static ProblemHttpResult Problem(int status, params Violation[] violations) => TypedResults.Problem(
        title: $"{violations[0].MessageVi} / {violations[0].MessageEn}", statusCode: status, type: "https://schemas.exchangebus.vn/problems/delivery",
        extensions: new Dictionary<string, object?> { ["violations"] = violations });
}
