using Microsoft.Extensions.Logging;

namespace ExchangeBus.Intake;

/// <summary>Log messages of this folder, ids 1000 to 1099.</summary>
internal static partial class IntakeLog
{
    [LoggerMessage(1000, LogLevel.Warning, "A message in the intake queue names no known sender; it went to the dead letters")]
    internal static partial void SenderUnknown(this ILogger logger);

    [LoggerMessage(1001, LogLevel.Warning, "A decision on held events was taken, and the receipts could not be sent; publishers can ask for them")]
    internal static partial void DecisionNotTold(this ILogger logger, Exception exception);
}
