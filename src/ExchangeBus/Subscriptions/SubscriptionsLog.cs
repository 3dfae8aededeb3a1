using Microsoft.Extensions.Logging;

namespace ExchangeBus.Subscriptions;

/// <summary>Log messages of this folder, ids 1700 to 1799.</summary>
internal static partial class SubscriptionsLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Subscription {Subscription} is no longer configured; nothing is delivered to it any more")]
    internal static partial void SubscriptionWithdrawn(this ILogger logger, string subscription);

    [LoggerMessage(1701, LogLevel.Warning, "The rules of delivery could not be read; those of before hold on ({Reason})")]
    internal static partial void RulesNotRead(this ILogger logger, string reason);

    [LoggerMessage(1703, LogLevel.Warning, "The rights of broker users could not be brought up to date; trying again ({Reason})")]
    internal static partial void RightsNotGranted(this ILogger logger, string reason);

    [LoggerMessage(1704, LogLevel.Warning, "What has expired could not be said; trying again ({Reason})")]
    internal static partial void ExpiryNotSaid(this ILogger logger, string reason);

    [LoggerMessage(1702, LogLevel.Information, "The configuration has changed {Name}; it holds after position {Sequence}")]
    internal static partial void ConfigurationApplied(this ILogger logger, string name, long sequence);
}
