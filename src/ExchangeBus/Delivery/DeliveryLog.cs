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

    [LoggerMessage(1410, LogLevel.Warning, "The webhook of {Subscription} is left alone for now ({Failure}, status {Status})")]
    internal static partial void WebhookLeftAlone(this ILogger logger, string subscription, string failure, int? status);

    [LoggerMessage(1411, LogLevel.Information, "The webhook of {Subscription} answers again")]
    internal static partial void WebhookAnswersAgain(this ILogger logger, string subscription);
}
