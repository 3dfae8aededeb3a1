using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery;

/// <summary>Log messages of this folder, ids 1400 to 1499.</summary>
internal static partial class DeliveryLog
{
    [LoggerMessage(1400, LogLevel.Warning, "An acknowledgement of {User} names no known sender or is not readable; nothing was changed")]
    internal static partial void AcknowledgementRefused(this ILogger logger, string? user);

    [LoggerMessage(1402, LogLevel.Warning, "Acknowledgements wait for the database ({Reason})")]
    internal static partial void AcknowledgementsWait(this ILogger logger, string reason);

    [LoggerMessage(1403, LogLevel.Warning, "The balances of deliveries could not be read ({Reason})")]
    internal static partial void BalanceNotRead(this ILogger logger, string reason);

    [LoggerMessage(1401, LogLevel.Warning, "Agency {Agency} acknowledged {Sequence} of a subscription that is not its own, or beyond the log; nothing was changed")]
    internal static partial void AcknowledgementOfNothing(this ILogger logger, string agency, long sequence);

    [LoggerMessage(1404, LogLevel.Warning, "No queue took {New} messages; {Count} lie in exchangebus.unroutable now")]
    internal static partial void NoQueueTook(this ILogger logger, long @new, long count);

    [LoggerMessage(1405, LogLevel.Information, "exchangebus.unroutable is empty again")]
    internal static partial void UnroutableEmptied(this ILogger logger);

    [LoggerMessage(1406, LogLevel.Warning, "exchangebus.unroutable could not be looked at; what was seen last stands ({Reason})")]
    internal static partial void UnroutableNotSeen(this ILogger logger, string reason);

    [LoggerMessage(1410, LogLevel.Warning, "The webhook of {Subscription} is left alone for now ({Failure}, status {Status})")]
    internal static partial void WebhookLeftAlone(this ILogger logger, string subscription, string failure, int? status);

    [LoggerMessage(1411, LogLevel.Information, "The webhook of {Subscription} answers again")]
    internal static partial void WebhookAnswersAgain(this ILogger logger, string subscription);

    [LoggerMessage(1412, LogLevel.Warning, "The webhook of {Subscription} has retired (410); the subscription is ended")]
    internal static partial void WebhookRetired(this ILogger logger, string subscription);

    [LoggerMessage(1413, LogLevel.Warning, "Event {Sequence} could not be delivered to the webhook of {Subscription} in {Attempts} attempts ({Failure}) and is a dead letter now")]
    internal static partial void WebhookExhausted(this ILogger logger, long sequence, string subscription, int attempts, string failure);

    [LoggerMessage(1414, LogLevel.Warning, "Delivery to the webhook of {Subscription}/{Partition} stopped; starting again from what was written down")]
    internal static partial void WebhookPumpFailed(this ILogger logger, string subscription, int partition, Exception exception);

    [LoggerMessage(1415, LogLevel.Warning, "What webhooks have got could not be written down; trying again")]
    internal static partial void WebhooksFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1416, LogLevel.Information, "Event {Sequence} is tried at the webhook of {Subscription} at once, as {By} wishes")]
    internal static partial void WebhookRetriedNow(this ILogger logger, long sequence, string subscription, string by);

    [LoggerMessage(1417, LogLevel.Warning, "{Count} deliveries that waited for the webhook of {Subscription} have expired with its end")]
    internal static partial void WaitingExpired(this ILogger logger, long count, string subscription);

    [LoggerMessage(1418, LogLevel.Warning, "Signing key {Key} of {Subscription} cannot be opened, so it signs nothing: {Reason}")]
    internal static partial void WebhookKeyNotOpened(this ILogger logger, Guid key, string subscription, string reason);

    [LoggerMessage(1419, LogLevel.Warning, "{Count} signing keys of webhooks lie in the database as they are; set Delivery:Webhooks:Sealing and start again")]
    internal static partial void WebhookKeysPlain(this ILogger logger, long count);

    [LoggerMessage(1420, LogLevel.Information, "{Count} signing keys of webhooks were encrypted with the current key")]
    internal static partial void WebhookKeysSealed(this ILogger logger, int count);

    [LoggerMessage(1440, LogLevel.Warning, "Event {Sequence} ended as a dead letter of {Subscription} ({Reason}); the deliveries behind it go on")]
    internal static partial void DeadLetterKept(this ILogger logger, long sequence, string subscription, string reason);

    [LoggerMessage(1441, LogLevel.Warning, "A message of {Size} bytes came to the dead letters from {Queue} ({Reason}) and is no event of a subscription; it is kept in stray_message")]
    internal static partial void StrayKept(this ILogger logger, int size, string queue, string reason);

    [LoggerMessage(1442, LogLevel.Warning, "Dead letters wait for the database ({Reason})")]
    internal static partial void DeadLettersWait(this ILogger logger, string reason);

    [LoggerMessage(1443, LogLevel.Information, "Job {Job} of {Subscription}: {Action} by {By}")]
    internal static partial void JobStepTaken(this ILogger logger, Guid job, string subscription, string action, string by);

    [LoggerMessage(1444, LogLevel.Information, "Job {Job} of {Subscription} is done: {Delivered} delivered of {Total}")]
    internal static partial void JobCompleted(this ILogger logger, Guid job, string subscription, long delivered, long total);

    [LoggerMessage(1445, LogLevel.Warning, "Job {Job} of {Subscription} was interrupted; it goes on from its last position")]
    internal static partial void JobInterrupted(this ILogger logger, Guid job, string subscription, Exception exception);

    [LoggerMessage(1447, LogLevel.Information, "{Count} dead letters of {Subscription} were discarded by {By}")]
    internal static partial void DeadLettersDiscarded(this ILogger logger, long count, string subscription, string by);

    [LoggerMessage(1448, LogLevel.Warning, "Replay {Job} of {Subscription} was ended: nobody has read it for too long")]
    internal static partial void ReplayExpired(this ILogger logger, Guid job, string subscription);

    [LoggerMessage(1446, LogLevel.Warning, "Jobs could not be looked for; trying again")]
    internal static partial void JobsNotFound(this ILogger logger, Exception exception);
}
