using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// Access tokens of the bus's own: which key they were given for, until when, and an HMAC-SHA256 over both. Checking one asks nobody
/// and allocates nothing; it ends with its key, because that is looked up each time (docs/decisions/0012).
/// </summary>
internal sealed class AccessTokens(AgencyDirectory directory, AccessTokenSecrets secrets, IOptions<CallerOptions> options)
{
    // Tells them from a JWT, and lets a scanner find one that was published by mistake.
    private const string Prefix = "ebt1_";
    private const int SecretAt = 0;
    private const int KeyAt = 8;
    private const int ExpiresAt = 16;
    private const int MacAt = 24;
    private const int Size = MacAt + HMACSHA256.HashSizeInBytes;
    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(Size);

    internal static bool IsOne(ReadOnlySpan<char> token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A new token for a key, and how long it lives.</summary>
    internal (string Token, TimeSpan Lifetime) Issue(AgencyKey key, DateTimeOffset now)
    {
        var expires = now + options.Value.AccessTokenLifetime;
        if (expires > key.ValidUntil)
            expires = key.ValidUntil;
        var secret = secrets.Current(now);
        Span<byte> content = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(content[SecretAt..], secret.Id);
        BinaryPrimitives.WriteInt64BigEndian(content[KeyAt..], key.Id);
        BinaryPrimitives.WriteInt64BigEndian(content[ExpiresAt..], expires.ToUnixTimeMilliseconds());
        HMACSHA256.HashData(secret.Secret, content[..MacAt], content[MacAt..]);
        return ($"{Prefix}{Base64Url.EncodeToString(content)}", expires - now);
    }

    /// <summary>The key that a token was given for, when both still hold.</summary>
    internal AgencyKey? Find(ReadOnlySpan<char> token, DateTimeOffset now, out CallerRefusal? refusal)
    {
        refusal = null;
        Span<byte> content = stackalloc byte[Size];
        if (!TryDecode(token, content)
            || secrets.Find(BinaryPrimitives.ReadInt64BigEndian(content[SecretAt..])) is not { } secret
            || !IsMacRight(content, secret.Secret)
            || directory.FindKey(BinaryPrimitives.ReadInt64BigEndian(content[KeyAt..])) is not { } key)
        {
            refusal = CallerRefusals.AccessToken();
            return null;
        }

        if (now.ToUnixTimeMilliseconds() >= BinaryPrimitives.ReadInt64BigEndian(content[ExpiresAt..]) || now >= key.ValidUntil || now < key.ValidFrom)
        {
            refusal = CallerRefusals.AccessTokenExpired();
            return null;
        }

        return key;
    }

    private static bool TryDecode(ReadOnlySpan<char> token, Span<byte> content) =>
        token.Length == Length
        && Base64Url.IsValid(token[Prefix.Length..])
        && Base64Url.TryDecodeFromChars(token[Prefix.Length..], content, out var written)
        && written == Size;

    private static bool IsMacRight(ReadOnlySpan<byte> content, byte[] secret)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, content[..MacAt], mac);
        return CryptographicOperations.FixedTimeEquals(mac, content[MacAt..]);
    }
}
