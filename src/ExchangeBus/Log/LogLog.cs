using Microsoft.Extensions.Logging;

namespace ExchangeBus.Log;

/// <summary>Log messages of this folder, ids 1200 to 1299.</summary>
internal static partial class LogLog
{
    [LoggerMessage(1200, LogLevel.Error, "The log did not take {Count} events; their senders are told to send again")]
    internal static partial void CommitFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(1202, LogLevel.Error, "The database refused one event for good (SQLSTATE {SqlState}); its sender is told")]
    internal static partial void NotStorable(this ILogger logger, string sqlState);

    [LoggerMessage(1201, LogLevel.Warning, "The log could not be read; trying again")]
    internal static partial void FollowFailed(this ILogger logger, Exception exception);
}
