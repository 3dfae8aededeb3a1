using Microsoft.Extensions.Logging;

namespace ExchangeBus.Platform;

/// <summary>Log messages of this folder, ids 1900 to 1999.</summary>
internal static partial class PlatformLog
{
    [LoggerMessage(1900, LogLevel.Warning, "The worker of queue {Queue} lost its broker or database ({Reason}); starting again")]
    internal static partial void WorkerLostBroker(this ILogger logger, string queue, string reason);
}
