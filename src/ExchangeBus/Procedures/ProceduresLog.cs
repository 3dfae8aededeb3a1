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

    [LoggerMessage(1605, LogLevel.Error, "The log could not be traced; tried again")]
    internal static partial void TracingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1606, LogLevel.Warning, "{Source} says at {Sequence} that it has applied a correction that the bus does not know")]
    internal static partial void UnknownCorrectionApplied(this ILogger logger, string source, long sequence);

    [LoggerMessage(1607, LogLevel.Error, "The corrections could not be read; tried again")]
    internal static partial void CorrectionsNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(1608, LogLevel.Error, "The receivers of the wrong version of the correction {Key} could not be told; tried again")]
    internal static partial void CorrectionNotTold(this ILogger logger, Guid key, Exception exception);

    [LoggerMessage(1609, LogLevel.Information, "The correction at {Sequence}: {Agencies} agencies were told of {Events} events; {Lost} more are older than the log")]
    internal static partial void CorrectionTold(this ILogger logger, long sequence, int agencies, int events, int lost);

    [LoggerMessage(1610, LogLevel.Error, "The registrations could not be compared; tried again")]
    internal static partial void ReconciliationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1611, LogLevel.Information, "{Compared} registrations were compared: {Found} gaps are open, {Closed} were closed")]
    internal static partial void Reconciled(this ILogger logger, long compared, int found, int closed);
}
