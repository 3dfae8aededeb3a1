namespace ExchangeBus.Agencies;

/// <summary>An event type, or all types with a prefix: <c>vn.civilstatus.*</c>.</summary>
internal static class TypePattern
{
    internal static bool Matches(string pattern, string type) => pattern.EndsWith('*')
        ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : string.Equals(pattern, type, StringComparison.Ordinal);
}
