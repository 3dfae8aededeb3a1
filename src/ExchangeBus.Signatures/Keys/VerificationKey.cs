using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace ExchangeBus.Signatures;

/// <summary>
/// A public key that signatures are checked with, and the one algorithm that it may be used for: <c>ES256</c> on the curve P-256
/// (RFC 7518, section 3.4) or <c>EdDSA</c> on Ed25519 (RFC 8037). Safe for many threads.
/// </summary>
public abstract class VerificationKey
{
    private protected VerificationKey()
    {
    }

    /// <summary><c>ES256</c> or <c>EdDSA</c>, the <c>alg</c> that a signature by this key must name.</summary>
    public abstract string Algorithm { get; }

    /// <summary>The key as a public JWK with its required members only, in the order of RFC 7638.</summary>
    public abstract string ToJwk();

    /// <summary>SHA-256 thumbprint (RFC 7638) in base64url, 43 characters: the key's id where no other was agreed.</summary>
    public string Thumbprint => _thumbprint ??= Base64Url.EncodeToString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(ToJwk())));

    private string? _thumbprint;

    /// <summary>True when <paramref name="signature"/> (64 bytes: r and s, or R and S) is this key's signature of <paramref name="data"/>.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Reads a JWK (a private one is read as its public half), a PEM <c>PUBLIC KEY</c>, or the base64 of a SubjectPublicKeyInfo.</summary>
    /// <exception cref="FormatException">It is none of these, or a key of another kind; the message says which, and never repeats the key.</exception>
    public static VerificationKey Parse(string text)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? FromJwk(text) : FromSubjectPublicKeyInfo(SubjectPublicKeyInfoOf(text));
        }
        catch (Exception e) when (e is CryptographicException or JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("This is not a public key: give a JWK, a PEM 'PUBLIC KEY', or the base64 of a SubjectPublicKeyInfo, of P-256 or Ed25519.", e);
        }
    }

    /// <summary>As <see cref="Parse"/>, without the exception.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerificationKey? key)
    {
        try
        {
            key = Parse(text);
            return true;
        }
        catch (FormatException)
        {
            key = null;
            return false;
        }
    }

    private static VerificationKey FromJwk(string text)
    {
        using var jwk = JsonDocument.Parse(text);
        return (Jwk.Member(jwk.RootElement, "kty"), Jwk.Member(jwk.RootElement, "crv")) switch
        {
            ("EC", "P-256") => P256VerificationKey.From(Jwk.Bytes(jwk.RootElement, "x"), Jwk.Bytes(jwk.RootElement, "y")),
            ("OKP", "Ed25519") => Ed25519VerificationKey.From(Jwk.Bytes(jwk.RootElement, "x")),
            _ => throw new FormatException("Only keys of P-256 and Ed25519 are taken."),
        };
    }

    private static byte[] SubjectPublicKeyInfoOf(string text)
    {
        if (!PemEncoding.TryFind(text, out var pem))
            return Convert.FromBase64String(text.Trim());
        if (!text.AsSpan()[pem.Label].SequenceEqual("PUBLIC KEY"))
            throw new FormatException("The PEM text must be a 'PUBLIC KEY'.");
        return Convert.FromBase64String(text[pem.Base64Data]);
    }

    private static VerificationKey FromSubjectPublicKeyInfo(byte[] info) =>
        Ed25519VerificationKey.TryFrom(info) ?? (VerificationKey)P256VerificationKey.From(info);
}
