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

    internal static ProblemHttpResult NotConnected() => TypedResults.Problem(
        title: $"{After.MessageVi} / {After.MessageEn}", statusCode: StatusCodes.Status409Conflict, type: "https://schemas.exchangebus.vn/problems/acknowledgement",
        extensions: new Dictionary<string, object?> { ["violations"] = new[] { After } });

    internal static IEnumerable<Violation> All => [After];

    internal static int StatusOf(string code) => StatusCodes.Status409Conflict;

    internal static string SourceOf(string code) => "docs/for-agencies.md";
}
