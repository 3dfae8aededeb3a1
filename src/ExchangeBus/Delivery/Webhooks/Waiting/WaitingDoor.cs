using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Delivery.Webhooks.Endpoints;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Webhooks.Waiting;

/// <summary>A page of what waits; <paramref name="Next"/> is the <c>after</c> of the next page, null on the last one.</summary>
internal sealed record WaitingPage(CircuitView? Circuit, IReadOnlyList<WaitingView> Waiting, long? Next);

/// <summary>When a delivery is tried; a receiver that is left alone gets it at the end of that time.</summary>
internal sealed record RetryView(long Sequence, DateTimeOffset NextAt, CircuitView? Circuit);

/// <summary>What waits for a webhook, for the agency whose it is: which deliveries, since when, why, and until when; and trying one at once.</summary>
internal sealed class WaitingDoor(
    CallerAuthentication callers, DeliveryRules rules, EndpointWriter endpoints, WaitingPages pages, TimeProvider time, ILogger<WaitingDoor> logger)
{
    private const int MaxPage = 500;

    internal Task<IResult> ListAsync(string name, long after, int limit, HttpContext context) => callers.ForOwnAsync(rules, name, context, async (_, _) =>
    {
        limit = Math.Clamp(limit, 1, MaxPage);
        var page = await pages.AfterAsync(name, after, limit, context.RequestAborted);
        return Json(new WaitingPage(await CircuitAsync(name, context), page, page.Count == limit ? page[^1].Sequence : null));
    });

    internal Task<IResult> RetryNowAsync(string name, long sequence, HttpContext context) => callers.ForOwnAsync(rules, name, context, async (caller, _) =>
    {
        var now = time.GetUtcNow();
        if (await pages.TryNowAsync(name, sequence, now, context.RequestAborted))
        {
            logger.WebhookRetriedNow(sequence, name, caller.BrokerUser);
            return Json(new RetryView(sequence, now, await CircuitAsync(name, context)));
        }

        var found = await pages.AfterAsync(name, sequence - 1, 1, context.RequestAborted);
        return found is [{ Behind: { } first } waiting] && waiting.Sequence == sequence
            ? EndpointRejections.Problem(EndpointRejections.Behind(first))
            : EndpointRejections.Problem(EndpointRejections.NotWaiting());
    });

    private async Task<CircuitView?> CircuitAsync(string name, HttpContext context) => (await endpoints.FindAsync(name, context.RequestAborted))?.Circuit;

    private static IResult Json<T>(T view) => Results.Json(view, SubscriptionsJson.Options);
}
