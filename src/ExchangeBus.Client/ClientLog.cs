using Microsoft.Extensions.Logging;

namespace ExchangeBus.Client;

/// <summary>Log messages of the client, ids 3000 to 3099.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(3000, LogLevel.Warning, "The outbox waits ({Reason}); its events leave when the bus answers again")]
    internal static partial void OutboxWaits(this ILogger logger, string reason);

    [LoggerMessage(3001, LogLevel.Error, "The bus rejected {Type} {Id}: {Codes}; the event is kept in exchangebus.rejected")]
    internal static partial void EventRejected(this ILogger logger, string type, string id, string codes);

    [LoggerMessage(3002, LogLevel.Warning, "Subscription {Subscription} lost the broker ({Reason}); connecting again")]
    internal static partial void SubscriptionLostBroker(this ILogger logger, string subscription, string reason);

    [LoggerMessage(3003, LogLevel.Error, "Handling {Type} at {Sequence} of {Subscription} failed, attempt {Attempt}; later events of its order key wait")]
    internal static partial void HandlingFailed(this ILogger logger, string type, long sequence, string subscription, int attempt, Exception exception);

    [LoggerMessage(3004, LogLevel.Error, "A message in the queue of {Subscription} is not an event of the bus; it went to the dead letters")]
    internal static partial void NotAnEvent(this ILogger logger, string subscription);
}
