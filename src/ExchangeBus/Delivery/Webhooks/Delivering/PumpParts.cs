using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>What all pumps of this node share.</summary>
internal sealed class PumpParts(
    DeliveryRules rules, CutBodies bodies, LogReader log, WebhookSender sender, WaitingDeliveries waiting, SubscriptionStore subscriptions,
    IOptions<WebhooksOptions> options, TimeProvider time, ILogger<PumpParts> logger)
{
    // A rate that is reached is free again in milliseconds; a clock that is read twice must not make a loop of it.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(5);

    internal DeliveryRules Rules => rules;

    internal LogReader Log => log;

    internal WaitingDeliveries Waiting => waiting;

    internal WebhooksOptions Options => options.Value;

    internal TimeProvider Time => time;

    internal Task<WebhookOutcome> SendAsync(WebhookEndpoint endpoint, LoggedEvent logged, Cut cut, long previous, Func<bool> mayLeave, CancellationToken cancellationToken) =>
        sender.SendAsync(endpoint, WebhookDelivery.Of(endpoint.Name, logged.Sequence, DeliveryBody.Of(logged, bodies.Of(logged, cut), previous)), mayLeave, cancellationToken);

    /// <summary>The event of a delivery that waits; what is waited for is not dropped from the log.</summary>
    internal async Task<LoggedEvent> FindWaitingAsync(WaitingRow row, CancellationToken cancellationToken) => await log.FindAsync(row.Sequence, row.RecordedAt, cancellationToken)
        ?? throw new InvalidOperationException($"Event {row.Sequence} waits and is not in the log.");

    internal static RetrySchedule ScheduleOf(WebhookEndpoint endpoint) => new(endpoint.RetryFor, Random.Shared.NextDouble);

    /// <summary>After a postponement.</summary>
    internal Task UntilAsync(DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var wait = (notBefore ?? time.GetUtcNow()) - time.GetUtcNow();
        return Task.Delay(wait > ShortestWait ? wait : ShortestWait, time, cancellationToken);
    }

    /// <summary>The receiver has said that it has retired (410).</summary>
    internal async Task EndAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        while (await subscriptions.NewestAsync(subscription.Name, cancellationToken) is { State: not SubscriptionState.Ended } newest)
        {
            try
            {
                await subscriptions.ChangeAsync(
                    subscription, newest, SubscriptionState.Ended, newest.Terms, $"webhook of {subscription.Name}", "The receiver has retired: it answered 410 Gone.",
                    isConfigured: false, cancellationToken);
                logger.WebhookRetired(subscription.Name);
                break;
            }
            catch (ChangedMeanwhileException)
            {
                // Read it again: it may have been ended by somebody else.
            }
        }

        await rules.RefreshAsync(cancellationToken);
    }
}
