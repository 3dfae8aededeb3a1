using System.Buffers.Text;
using System.Security.Cryptography;

namespace ExchangeBus.Signatures;

/// <summary>ES256. <see cref="ECDsa"/> over OpenSSL may be used by many threads for verification.</summary>
internal sealed class P256VerificationKey : VerificationKey
{
    private readonly ECDsa _key;
    private readonly ECPoint _point;

    private P256VerificationKey(ECDsa key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new FormatException("Of elliptic curves only P-256 is taken.");
        (_key, _point) = (key, parameters.Q);
    }

    public override string Algorithm => SignatureAlgorithms.Es256;

    public override string ToJwk() => $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(_point.X)}}","y":"{{Base64Url.EncodeToString(_point.Y)}}"}""";

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == 64 && _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    // A point that is not on the curve is refused by the import.
    internal static P256VerificationKey From(byte[] x, byte[] y) =>
        new(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }));

    internal static P256VerificationKey From(byte[] subjectPublicKeyInfo)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return new P256VerificationKey(key);
    }
}
