using System.Security.Cryptography;
using System.Text;

namespace ExchangeBus.Contracts;

/// <summary>The idempotency key of an event as 128 bits: the first half of SHA-256 over source, a line feed, and id.</summary>
public static class EventKey
{
    /// <summary>The key of an event, whoever computes it.</summary>
    public static Guid Of(string source, string id)
    {
        var most = Encoding.UTF8.GetMaxByteCount(source.Length + id.Length + 1);
        var text = most <= 1024 ? stackalloc byte[most] : new byte[most];
        var length = Encoding.UTF8.GetBytes(source, text);
        text[length++] = (byte)'\n';
        length += Encoding.UTF8.GetBytes(id, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
