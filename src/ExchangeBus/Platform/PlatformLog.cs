using Microsoft.Extensions.Logging;

namespace ExchangeBus.Platform;

/// <summary>Log messages of this folder, ids 1900 to 1999.</summary>
internal static partial class PlatformLog
{
    [LoggerMessage(1900, LogLevel.Warning, "The worker of queue {Queue} stopped; starting again")]
    internal static partial void WorkerStopped(this ILogger logger, string queue, Exception exception);
}
