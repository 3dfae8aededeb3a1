using Microsoft.Extensions.Logging;

namespace ExchangeBus.Procedures;

/// <summary>Log messages of this folder, ids 1600 to 1699.</summary>
internal static partial class ProceduresLog
{
    [LoggerMessage(1600, LogLevel.Error, "A procedure could not handle {Type} at {Sequence}; it is kept as a dead letter")]
    internal static partial void DeliveryDied(this ILogger logger, string type, long sequence, Exception exception);

    [LoggerMessage(1601, LogLevel.Warning, "The procedures' acknowledgement was not taken ({Reason}); it is said again")]
    internal static partial void WordNotTaken(this ILogger logger, string reason);

    [LoggerMessage(1603, LogLevel.Error, "The deadlines of the dossiers could not be looked at; tried again")]
    internal static partial void DeadlinesFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1604, LogLevel.Warning, "The bulk jobs of the desk were interrupted; they go on")]
    internal static partial void BulkInterrupted(this ILogger logger, Exception exception);
}
