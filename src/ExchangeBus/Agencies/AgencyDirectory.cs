using System.Collections.Frozen;

namespace ExchangeBus.Agencies;

/// <summary>Who may speak, and by which keys, from memory. What is withdrawn is not in it.</summary>
internal sealed class AgencyDirectory
{
    private Snapshot _snapshot = Snapshot.Of([], []);

    internal void Replace(IReadOnlyCollection<AgencySystem> systems, IReadOnlyCollection<AgencyKey> keys) =>
        Volatile.Write(ref _snapshot, Snapshot.Of(systems, keys));

    internal AgencySystem? FindByBrokerUser(string? user) =>
        user is not null && Current.ByBrokerUser.TryGetValue(user, out var system) ? system : null;

    /// <summary>The key of a system by its <c>kid</c>; null when there is no such system or no such key, which is not told apart.</summary>
    internal AgencyKey? FindKey(string source, string keyId) => Current.Keys.GetValueOrDefault((source, keyId));

    /// <summary>The key or certificate that an access token was given for.</summary>
    internal AgencyKey? FindKey(long id) => Current.ById.GetValueOrDefault(id);

    /// <summary>By the SHA-256 of a certificate's public key, lower-case hexadecimal.</summary>
    internal AgencyKey? FindByCertificate(string publicKeySha256) => Current.Certificates.GetValueOrDefault(publicKeySha256);

    private Snapshot Current => Volatile.Read(ref _snapshot);

    private sealed record Snapshot(
        FrozenDictionary<string, AgencySystem> ByBrokerUser, FrozenDictionary<(string, string), AgencyKey> Keys,
        FrozenDictionary<string, AgencyKey> Certificates, FrozenDictionary<long, AgencyKey> ById)
    {
        internal static Snapshot Of(IReadOnlyCollection<AgencySystem> systems, IReadOnlyCollection<AgencyKey> keys) => new(
            systems.ToFrozenDictionary(s => s.BrokerUser),
            keys.Where(k => k.Key is not null).ToFrozenDictionary(k => (k.System.Source, k.KeyId)),
            keys.Where(k => k.Key is null).ToFrozenDictionary(k => k.KeyId),
            keys.ToFrozenDictionary(k => k.Id));
    }
}
