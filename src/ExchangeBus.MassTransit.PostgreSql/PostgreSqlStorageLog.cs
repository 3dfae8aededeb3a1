using Microsoft.Extensions.Logging;

namespace ExchangeBus.MassTransit.PostgreSql;

internal static partial class PostgreSqlStorageLog
{
    [LoggerMessage(2000, LogLevel.Error, "{Count} committed message(s) could not be handed over; a sweep will deliver them")]
    public static partial void HandOverFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "Message {MessageId} to {Destination} could not be delivered; it is left to the sweep")]
    public static partial void DeliveryFailed(this ILogger logger, Guid messageId, Uri destination, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "The outbox sweep failed; it will be tried again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Information, "The outbox sweep took over {Count} message(s)")]
    public static partial void SweepTookOver(this ILogger logger, int count);

    [LoggerMessage(2004, LogLevel.Error, "Delivered messages could not be removed from the outbox; they may be delivered again")]
    public static partial void RemoveFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "Due messages could not be taken; it will be tried again")]
    public static partial void SchedulerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Error, "The inbox partitions could not be maintained; it will be tried again in an hour")]
    public static partial void InboxMaintenanceFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2007, LogLevel.Warning, "An inbox partition could not be created or dropped now (SQLSTATE {SqlState}); it will be tried again in an hour")]
    public static partial void InboxPartitionBusy(this ILogger logger, string sqlState);

    [LoggerMessage(2008, LogLevel.Warning, "The database cannot be reached; messages wait for it")]
    public static partial void DatabaseAway(this ILogger logger, Exception exception);

    [LoggerMessage(2009, LogLevel.Information, "The database can be reached again")]
    public static partial void DatabaseBack(this ILogger logger);

    [LoggerMessage(2010, LogLevel.Warning, "A scope ended with {Count} message(s) in its outbox that were not committed; they are forgotten")]
    public static partial void OutboxForgotten(this ILogger logger, int count);
}
