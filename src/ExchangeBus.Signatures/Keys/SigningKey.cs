using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using NSec.Cryptography;

namespace ExchangeBus.Signatures;

/// <summary>A private key of a system: signs what proves who it is, and its events. Safe for many threads.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa? _p256;
    private readonly Key? _ed25519;

    private SigningKey(ECDsa? p256, Key? ed25519, string? keyId)
    {
        (_p256, _ed25519) = (p256, ed25519);
        PublicKey = p256 is not null
            ? P256VerificationKey.From(p256.ExportSubjectPublicKeyInfo())
            : Ed25519VerificationKey.From(ed25519!.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        KeyId = keyId ?? PublicKey.Thumbprint;
    }

    /// <summary>The <c>kid</c> that signatures name: what the JWK says, else the thumbprint.</summary>
    public string KeyId { get; }

    /// <summary>The public half, for the bus to register.</summary>
    public VerificationKey PublicKey { get; }

    /// <summary>Makes a new key for <c>EdDSA</c> (the default) or <c>ES256</c>.</summary>
    /// <exception cref="ArgumentException">The algorithm is another one.</exception>
    public static SigningKey Create(string algorithm = SignatureAlgorithms.EdDsa) => algorithm switch
    {
        SignatureAlgorithms.Es256 => new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256), null, null),
        SignatureAlgorithms.EdDsa => new SigningKey(null, Key.Create(SignatureAlgorithm.Ed25519, Exportable), null),
        _ => throw new ArgumentException($"The algorithm must be {SignatureAlgorithms.EdDsa} or {SignatureAlgorithms.Es256}.", nameof(algorithm)),
    };

    /// <summary>Reads a private JWK or an unencrypted PEM <c>PRIVATE KEY</c> (PKCS #8) of P-256 or Ed25519.</summary>
    /// <exception cref="FormatException">It is neither; the message never repeats the key.</exception>
    public static SigningKey Parse(string text)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? FromJwk(text) : FromPem(text);
        }
        catch (Exception e) when (e is CryptographicException or JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("This is not a private key: give a JWK with its member 'd', or a PEM 'PRIVATE KEY', of P-256 or Ed25519.", e);
        }
    }

    /// <summary>The Ed25519 key of a seed, the 32 secret bytes of RFC 8032, section 5.1.5.</summary>
    /// <exception cref="FormatException">It has not 32 bytes; the message never repeats them.</exception>
    public static SigningKey FromEd25519Seed(ReadOnlySpan<byte> seed) =>
        Key.TryImport(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var key, Exportable)
            ? new SigningKey(null, key, null)
            : throw new FormatException("An Ed25519 seed has 32 bytes.");

    /// <summary>The signature of <paramref name="data"/>, 64 bytes as a JWS carries them.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _p256 is not null
        ? _p256.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
        : SignatureAlgorithm.Ed25519.Sign(_ed25519!, data);

    /// <summary>The private key as a JWK with its <c>kid</c>: a secret.</summary>
    public string ToPrivateJwk()
    {
        var secret = _p256 is not null ? _p256.ExportParameters(includePrivateParameters: true).D! : _ed25519!.Export(KeyBlobFormat.RawPrivateKey);
        return $$"""{{PublicKey.ToJwk()[..^1]}},"kid":{{JsonSerializer.Serialize(KeyId)}},"d":"{{Base64Url.EncodeToString(secret)}}"}""";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _p256?.Dispose();
        _ed25519?.Dispose();
    }

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    private static SigningKey FromJwk(string text)
    {
        using var document = JsonDocument.Parse(text);
        var jwk = document.RootElement;
        var keyId = Jwk.Member(jwk, "kid");
        var secret = Jwk.Bytes(jwk, "d");
        switch (Jwk.Member(jwk, "crv"))
        {
            case "P-256":
                var point = new ECPoint { X = Jwk.Bytes(jwk, "x"), Y = Jwk.Bytes(jwk, "y") };
                return new SigningKey(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point, D = secret }), null, keyId);
            case "Ed25519":
                return new SigningKey(null, Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey, Exportable), keyId);
            default:
                throw new FormatException("Only keys of P-256 and Ed25519 are taken.");
        }
    }

    private static SigningKey FromPem(string text)
    {
        if (Key.TryImport(SignatureAlgorithm.Ed25519, System.Text.Encoding.UTF8.GetBytes(text), KeyBlobFormat.PkixPrivateKeyText, out var ed25519, Exportable))
            return new SigningKey(null, ed25519, null);
        var p256 = ECDsa.Create();
        p256.ImportFromPem(text);
        // Refuses other curves.
        return new SigningKey(p256, null, null);
    }
}
