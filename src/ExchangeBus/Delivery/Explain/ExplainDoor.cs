using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Pull;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Explain;

/// <summary><c>GET /subscriptions/{name}/explain/{event}</c>, for the agency whose subscription it is.</summary>
internal sealed class ExplainDoor(CallerAuthentication callers, DeliveryRules rules, Explanation explanation)
{
    internal async Task<IResult> GetAsync(string name, string eventId, string? source, HttpContext context)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        await rules.RefreshAsync(context.RequestAborted);
        if (rules.Current.Find(name) is not { } found || !found.IsOf(system))
            return PullProblems.Of(SubscriptionRejections.Unknown());
        return await explanation.ExplainAsync(found, eventId, source, context.RequestAborted) is { } explained
            ? Results.Json(explained, SubscriptionsJson.Options)
            : TypedResults.Problem(
                title: $"{UnknownEvent().MessageVi} / {UnknownEvent().MessageEn}", statusCode: StatusCodes.Status404NotFound, type: "https://schemas.exchangebus.vn/problems/delivery",
                extensions: new Dictionary<string, object?> { ["violations"] = new[] { UnknownEvent() } });
    }

    private static Violation UnknownEvent() => new("", "explain.unknown",
        "Nhật ký không có sự kiện này; hãy cho vị trí, hoặc mã sự kiện cùng source.", "The log has no such event; give its position, or its id together with source.");

    internal static IEnumerable<Violation> All => [UnknownEvent()];

    internal static int StatusOf(string code) => 404;

    internal static string SourceOf(string code) => "docs/subscribing.md";
}
