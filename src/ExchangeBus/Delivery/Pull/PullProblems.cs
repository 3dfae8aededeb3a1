using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Pull;

/// <summary>Why a subscription that asks gets no events.</summary>
internal static class PullProblems
{
    internal static Violation BadCursor() => new("/Last-Event-ID", "pull.cursor",
        "Last-Event-ID phải là số thứ tự của sự kiện cuối cùng đã xử lý.", "Last-Event-ID must be the sequence of the last event that is done.");

    internal static Violation NotGiven() => new("/after", "pull.notgiven",
        "Chưa giao sự kiện nào ở vị trí này, nên không thể xác nhận.", "No event of that position was given out yet, so it cannot be acknowledged.");

    internal static Violation OtherWay() => new("", "pull.way",
        "Đăng ký này nhận bằng cách khác (hàng đợi hoặc webhook).", "This subscription receives in another way (a queue or a webhook).");

    internal static Violation Suspended() => new("", "pull.suspended",
        "Một thỏa thuận của đăng ký này đang bị tạm ngưng.", "An agreement of this subscription is suspended.");

    internal static Violation Paused() => new("", "pull.paused",
        "Đăng ký đang tạm dừng.", "The subscription is paused.");

    internal static IEnumerable<Violation> All => [BadCursor(), NotGiven(), OtherWay(), Suspended(), Paused()];

    internal static int StatusOf(string code) => code switch { "pull.suspended" => 403, "pull.way" or "pull.paused" => 409, "subscription.unknown" => 404, "subscription.ended" => 409, _ => 422 };

    internal static string SourceOf(string code) => "docs/subscribing.md";

    internal static IResult Of(Violation violation) => TypedResults.Problem(
        title: $"{violation.MessageVi} / {violation.MessageEn}", statusCode: StatusOf(violation.Code), type: "https://schemas.exchangebus.vn/problems/delivery",
        extensions: new Dictionary<string, object?> { ["violations"] = new[] { violation } });
}
