using Microsoft.Extensions.Logging;

namespace ExchangeBus.Agencies;

/// <summary>Log messages of this folder, ids 1500 to 1599.</summary>
internal static partial class AgenciesLog
{
    [LoggerMessage(1500, LogLevel.Warning, "RabbitMq:ManagementUri is empty, so broker users are not created here; create them by hand")]
    internal static partial void BrokerUsersNotManaged(this ILogger logger);

    [LoggerMessage(1501, LogLevel.Warning, "System {System} is no longer configured; it may not speak any more")]
    internal static partial void SystemWithdrawn(this ILogger logger, string system);

    [LoggerMessage(1502, LogLevel.Warning, "Key {KeyId} of {System} is no longer configured; it is not taken any more")]
    internal static partial void CredentialWithdrawn(this ILogger logger, string keyId, string system);

    [LoggerMessage(1503, LogLevel.Information, "Who may speak has changed: {Systems} systems with {Credentials} keys")]
    internal static partial void DirectoryLoaded(this ILogger logger, int systems, int credentials);

    [LoggerMessage(1504, LogLevel.Warning, "Who may speak cannot be read now ({Reason}); what was read before holds")]
    internal static partial void DirectoryNotRead(this ILogger logger, string reason);

    [LoggerMessage(1505, LogLevel.Error, "Key {KeyId} of {System} in the database is no public key of P-256 or Ed25519; it is left out")]
    internal static partial void CredentialNotReadable(this ILogger logger, string keyId, string system);

    [LoggerMessage(1506, LogLevel.Information, "A caller was refused: {Code}")]
    internal static partial void CallerRefused(this ILogger logger, string code);

    [LoggerMessage(1507, LogLevel.Warning, "System {System} is configured, but was withdrawn in the database; it stays withdrawn until withdrawn_at is emptied there")]
    internal static partial void SystemStaysWithdrawn(this ILogger logger, string system);

    [LoggerMessage(1508, LogLevel.Warning, "Key {KeyId} of {System} is configured, but was withdrawn in the database; it stays withdrawn until withdrawn_at is emptied there")]
    internal static partial void CredentialStaysWithdrawn(this ILogger logger, string keyId, string system);
}
