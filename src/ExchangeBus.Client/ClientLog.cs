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

    [LoggerMessage(3005, LogLevel.Warning, "A person at the bus must decide on {Type} {Id}: {Codes}; until then the event is kept in exchangebus.held")]
    internal static partial void EventHeld(this ILogger logger, string type, string id, string codes);

    [LoggerMessage(3006, LogLevel.Information, "A person at the bus let {Type} {Id} pass; it has sequence {Sequence}")]
    internal static partial void HeldEventAccepted(this ILogger logger, string type, string id, long? sequence);

    [LoggerMessage(3007, LogLevel.Warning, "The bus does not know {Count} events of exchangebus.held; ask its operator. They are kept and asked about again")]
    internal static partial void HeldEventsUnknown(this ILogger logger, int count);

    [LoggerMessage(3008, LogLevel.Warning, "What became of held events cannot be asked now ({Reason})")]
    internal static partial void HeldEventsNotAsked(this ILogger logger, string reason);
}
