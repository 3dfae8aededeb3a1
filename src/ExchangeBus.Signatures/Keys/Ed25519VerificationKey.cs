using System.Buffers.Text;
using NSec.Cryptography;

namespace ExchangeBus.Signatures;

/// <summary>EdDSA on Ed25519, by libsodium, which refuses keys of small order.</summary>
internal sealed class Ed25519VerificationKey(PublicKey key) : VerificationKey
{
    public override string Algorithm => SignatureAlgorithms.EdDsa;

    public override string ToJwk() => $$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64Url.EncodeToString(key.Export(KeyBlobFormat.RawPublicKey))}}"}""";

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == 64 && SignatureAlgorithm.Ed25519.Verify(key, data, signature);

    internal static Ed25519VerificationKey From(byte[] x) => PublicKey.TryImport(SignatureAlgorithm.Ed25519, x, KeyBlobFormat.RawPublicKey, out var imported)
        ? new Ed25519VerificationKey(imported!)
        : throw new FormatException("The member 'x' is not an Ed25519 public key.");

    internal static Ed25519VerificationKey? TryFrom(byte[] subjectPublicKeyInfo) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, subjectPublicKeyInfo, KeyBlobFormat.PkixPublicKey, out var imported) ? new Ed25519VerificationKey(imported!) : null;
}
