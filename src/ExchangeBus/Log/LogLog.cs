using Microsoft.Extensions.Logging;

namespace ExchangeBus.Log;

/// <summary>Log messages of this folder, ids 1200 to 1299.</summary>
internal static partial class LogLog
{
    [LoggerMessage(1200, LogLevel.Error, "The log did not take {Count} events; their senders are told to send again")]
    internal static partial void CommitFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(1202, LogLevel.Error, "The database refused one event for good (SQLSTATE {SqlState}); its sender is told")]
    internal static partial void NotStorable(this ILogger logger, string sqlState);

    [LoggerMessage(1203, LogLevel.Error, "The days ahead of the log could not be created; without them acceptance ends within a week")]
    internal static partial void DaysNotCreated(this ILogger logger, Exception exception);

    [LoggerMessage(1204, LogLevel.Warning, "Old days of the log could not be dropped; trying again in an hour")]
    internal static partial void DaysNotDropped(this ILogger logger, Exception exception);

    [LoggerMessage(1205, LogLevel.Information, "The day {Day:yyyy-MM-dd} of the log is older than the retention and was dropped")]
    internal static partial void DayDropped(this ILogger logger, DateTime day);

    [LoggerMessage(1206, LogLevel.Warning, "The day {Day:yyyy-MM-dd} of the log is older than the retention and kept: a subscription has not acknowledged it")]
    internal static partial void DayKept(this ILogger logger, DateTime day);

    [LoggerMessage(1201, LogLevel.Warning, "The log could not be read; trying again")]
    internal static partial void FollowFailed(this ILogger logger, Exception exception);
}
