using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace ExchangeBus.Agencies;

/// <summary>Answers "who is this" from memory.</summary>
internal sealed class AgencyDirectory
{
    private FrozenDictionary<string, AgencySystem> _byKeyHash = FrozenDictionary<string, AgencySystem>.Empty;
    private FrozenDictionary<string, AgencySystem> _byBrokerUser = FrozenDictionary<string, AgencySystem>.Empty;

    internal void Replace(IReadOnlyList<(AgencySystem System, byte[] KeyHash)> systems)
    {
        _byKeyHash = systems.ToFrozenDictionary(s => Convert.ToHexString(s.KeyHash), s => s.System);
        _byBrokerUser = systems.ToFrozenDictionary(s => s.System.BrokerUser, s => s.System);
    }

    /// <summary>Looks a key up by its hash, so that neither timing nor memory gives a key away.</summary>
    internal AgencySystem? FindByKey(ReadOnlySpan<char> key)
    {
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes is 0 or > 512)
            return null;
        Span<byte> text = stackalloc byte[bytes];
        Encoding.UTF8.GetBytes(key, text);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text, hash);
        Span<char> hex = stackalloc char[64];
        Convert.TryToHexString(hash, hex, out _);
        return _byKeyHash.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(hex, out var system) ? system : null;
    }

    /// <summary>Who sent a request, by its <c>Authorization: Bearer</c> header (RFC 6750, section 2.1).</summary>
    internal AgencySystem? FindByAuthorization(string? header)
    {
        const string scheme = "Bearer ";
        return header is not null && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? FindByKey(header.AsSpan(scheme.Length).Trim())
            : null;
    }

    internal AgencySystem? FindByBrokerUser(string? user) =>
        user is not null && _byBrokerUser.TryGetValue(user, out var system) ? system : null;

    internal static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
