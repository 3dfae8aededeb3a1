using Microsoft.Extensions.Logging;

namespace ExchangeBus.Agencies;

/// <summary>Log messages of this folder, ids 1500 to 1599.</summary>
internal static partial class AgenciesLog
{
    [LoggerMessage(1500, LogLevel.Warning, "RabbitMq:ManagementUri is empty, so broker users are not created here; create them by hand")]
    internal static partial void BrokerUsersNotManaged(this ILogger logger);

    [LoggerMessage(1501, LogLevel.Warning, "System {System} is no longer configured; it may not speak any more")]
    internal static partial void SystemWithdrawn(this ILogger logger, string system);
}
