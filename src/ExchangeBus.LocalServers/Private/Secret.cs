using System.Security.Cryptography;

namespace ExchangeBus.LocalServers.Private;

internal static class Secret
{
    /// <summary>Letters and digits only: nothing to quote in configuration files, URIs and connection strings.</summary>
    public static string Create(int length) =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", length);
}
