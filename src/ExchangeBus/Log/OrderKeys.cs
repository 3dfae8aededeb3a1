using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>Where an order key stands: its lane, and itself as a number.</summary>
internal readonly record struct OrderPlace(short Lane, long OrderKey);

/// <summary>Turns what an event is about into a key that orders it and says nothing about it.</summary>
internal sealed class OrderKeys(NpgsqlDataSource dataSource) : IDisposable
{
    /// <summary>Hash lanes of the log; a subscription's partition is a lane modulo its partition count.</summary>
    internal const int Lanes = 64;

    private const string SelectSecret = "select secret from order_key_secret";

    // Keyed once for each thread: setting up a key costs more than the hash of so few bytes.
    // Not tracked: the hash of a thread that has ended must go with it, for the pool ends and begins threads as long as the host runs.
    private readonly ThreadLocal<IncrementalHash> _hash = new();
    private byte[]? _secret;

    // Read with the first event: a host is built before its database may have been migrated. A failed look is not remembered.
    private byte[] Secret => _secret ??= Load();

    internal string KeyOf(string about)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(about, hash);
        return Convert.ToHexStringLower(hash[..8]);
    }

    /// <summary>A key given by a publisher is hashed again, so that its spread does not depend on how it was made.</summary>
    internal OrderPlace PlaceOf(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(key, hash);
        return new OrderPlace((short)(hash[0] % Lanes), BinaryPrimitives.ReadInt64BigEndian(hash[8..]));
    }

    /// <summary>What an event is about in the world, as a hash that cannot be turned back.</summary>
    internal Guid BusinessKeyOf(string about)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(about, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    public void Dispose() => _hash.Dispose();

    private void Hash(string text, Span<byte> hash)
    {
        var keyed = _hash.Value ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Secret);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = most <= 1024 ? stackalloc byte[most] : new byte[most];
        keyed.AppendData(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        keyed.GetHashAndReset(hash);
    }

    private byte[] Load()
    {
        try
        {
            using var connection = dataSource.OpenConnection();
            return connection.QuerySingle<Guid>(SelectSecret).ToByteArray();
        }
        catch (NpgsqlException e)
        {
            throw new LogUnavailableException("The key that orders events could not be read.", e);
        }
    }
}
