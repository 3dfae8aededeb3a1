using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Delivery;

/// <summary>Why a subscriber's word is not taken.</summary>
internal static class AcknowledgementProblems
{
    private static readonly Violation After = new("/after", "acknowledgement.after",
        "Xác nhận không nối tiếp xác nhận trước: ở giữa còn sự kiện chưa xác nhận; trục sẽ giao lại từ đó.",
        "This does not connect with what was acknowledged before: something in between was not; the bus delivers again from there.");

    private static readonly Violation Unknown = new("", "acknowledgement.unknown",
        "Không có gì được giao như vậy: cơ quan không có đăng ký hay phân vùng này, sự kiện ở sequence không dành cho nó, hoặc after lớn hơn sequence.",
        "Nothing was delivered like that: the agency has no such subscription or partition, it does not get the event at sequence, or after is greater than sequence.");

    internal static ProblemHttpResult NotConnected() => Problem(After);

    /// <summary>One answer for all, so that nobody learns which subscriptions others have.</summary>
    internal static ProblemHttpResult NotDelivered() => Problem(Unknown);

    internal static IEnumerable<Violation> All => [After, Unknown];

    internal static int StatusOf(string code) => code == Unknown.Code ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;

    internal static string SourceOf(string code) => "docs/for-agencies.md";

    private static ProblemHttpResult Problem(Violation violation) => TypedResults.Problem(
        title: $"{violation.MessageVi} / {violation.MessageEn}", statusCode: StatusOf(violation.Code), type: "https://schemas.exchangebus.vn/problems/acknowledgement",
        extensions: new Dictionary<string, object?> { ["violations"] = new[] { violation } });
}
