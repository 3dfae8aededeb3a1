using System.Text.RegularExpressions;

namespace ExchangeBus.LocalServers;

internal static partial class DatabaseName
{
    public static void ThrowIfInvalid(string name)
    {
        if (!Pattern().IsMatch(name))
            throw new ArgumentException("A database name is a lower-case letter and up to 62 lower-case letters, digits and underscores.", nameof(name));
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
