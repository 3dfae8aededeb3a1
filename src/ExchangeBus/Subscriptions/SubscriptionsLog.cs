using Microsoft.Extensions.Logging;

namespace ExchangeBus.Subscriptions;

/// <summary>Log messages of this folder, ids 1700 to 1799.</summary>
internal static partial class SubscriptionsLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Subscription {Subscription} is no longer configured; nothing is delivered to it any more")]
    internal static partial void SubscriptionWithdrawn(this ILogger logger, string subscription);
}
