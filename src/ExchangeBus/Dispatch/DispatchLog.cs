using Microsoft.Extensions.Logging;

namespace ExchangeBus.Dispatch;

/// <summary>Log messages of this folder, ids 1300 to 1399.</summary>
internal static partial class DispatchLog
{
    [LoggerMessage(1300, LogLevel.Warning, "Delivery to {Subscription}/{Partition} stopped; starting again from what was confirmed")]
    internal static partial void PumpStopped(this ILogger logger, string subscription, int partition, Exception exception);

    [LoggerMessage(1301, LogLevel.Warning, "Delivering again to {Subscription}/{Partition} what follows {Acknowledged}: it was not acknowledged and its queue no longer holds it")]
    internal static partial void DeliveringAgain(this ILogger logger, string subscription, int partition, long acknowledged);

    [LoggerMessage(1302, LogLevel.Warning, "The dispatcher could not write positions down; trying again")]
    internal static partial void DispatcherFailed(this ILogger logger, Exception exception);
}
