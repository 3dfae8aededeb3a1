using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ExchangeBus.Signatures;

namespace ExchangeBus.Delivery.Webhooks.Signing;

/// <summary>
/// One key that signs deliveries to an endpoint, and its time. Standard Webhooks, "Signature scheme": <c>whsec_</c> and the base64 of 24 to 64
/// bytes for HMAC-SHA256, or <c>whsk_</c> and the base64 of seed and public key for Ed25519. A class, so that no record prints what is secret.
/// </summary>
internal sealed class WebhookSecret
{
    internal const string SymmetricPrefix = "whsec_";
    internal const string PrivatePrefix = "whsk_";
    internal const string PublicPrefix = "whpk_";

    private const int ShortestSecret = 24;
    private const int LongestSecret = 64;
    private const int SeedBytes = 32;
    private const int LongestSignature = 64;

    private readonly byte[]? _secret;
    private readonly SigningKey? _key;

    private WebhookSecret(byte[]? secret, SigningKey? key, string? publicKey)
    {
        (_secret, _key, PublicKey) = (secret, key, publicKey);
        HeaderLength = Identifier.Length + Base64.GetMaxEncodedToUtf8Length(secret is null ? LongestSignature : HMACSHA256.HashSizeInBytes);
    }

    /// <summary>From when on it signs. Null: from ever.</summary>
    internal DateTimeOffset? ValidFrom { get; private init; }

    /// <summary>Until when it signs, itself no more. Null: without end.</summary>
    internal DateTimeOffset? ValidUntil { get; private init; }

    /// <summary>What the receiver verifies with, <c>whpk_</c> and base64; null for a shared secret.</summary>
    internal string? PublicKey { get; }

    /// <summary>Length of its part of <c>webhook-signature</c>, in characters.</summary>
    internal int HeaderLength { get; }

    private string Identifier => _secret is null ? "v1a," : "v1,";

    internal bool IsValidAt(DateTimeOffset now) => (ValidFrom is null || now >= ValidFrom) && (ValidUntil is null || now < ValidUntil);

    /// <summary>False when it is neither form; nothing of it is repeated anywhere.</summary>
    internal static bool TryRead(string? text, DateTimeOffset? validFrom, DateTimeOffset? validUntil, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text is null)
            return false;
        if (text.StartsWith(SymmetricPrefix, StringComparison.Ordinal))
        {
            if (Bytes(text.AsSpan(SymmetricPrefix.Length)) is { Length: >= ShortestSecret and <= LongestSecret } shared)
                secret = new WebhookSecret(shared, null, null) { ValidFrom = validFrom, ValidUntil = validUntil };
        }
        else if (text.StartsWith(PrivatePrefix, StringComparison.Ordinal)
            && Bytes(text.AsSpan(PrivatePrefix.Length)) is { Length: 2 * SeedBytes } pair
            && SigningKey.FromEd25519Seed(pair.AsSpan(0, SeedBytes)) is var key && Owns(key, pair.AsSpan(SeedBytes)))
        {
            secret = new WebhookSecret(null, key, PublicPrefix + Convert.ToBase64String(pair, SeedBytes, SeedBytes)) { ValidFrom = validFrom, ValidUntil = validUntil };
        }

        return secret is not null;
    }

    /// <summary>Writes its part of <c>webhook-signature</c>, <see cref="HeaderLength"/> characters.</summary>
    internal void Write(ReadOnlySpan<byte> content, Span<char> header)
    {
        Identifier.CopyTo(header);
        Span<byte> signature = stackalloc byte[LongestSignature];
        if (_secret is not null)
            signature = signature[..HMACSHA256.HashData(_secret, content, signature)];
        else
            _key!.Sign(content).CopyTo(signature);
        Convert.TryToBase64Chars(signature, header[Identifier.Length..], out _);
    }

    // A public half of another key would be handed to the receiver, who could then verify nothing.
    private static bool Owns(SigningKey key, ReadOnlySpan<byte> publicKey) =>
        key.PublicKey.ToJwk().Contains($"\"{Base64Url.EncodeToString(publicKey)}\"", StringComparison.Ordinal);

    private static byte[]? Bytes(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[base64.Length];
        return base64.Length <= 2 * LongestSecret && Convert.TryFromBase64Chars(base64, bytes, out var length) ? bytes[..length] : null;
    }
}
