using System.Security.Cryptography;
using ExchangeBus.Signatures;

namespace ExchangeBus.Tests.Signatures;

public sealed class When_a_key_is_read
{
    // RFC 8037, appendix A.1 to A.3: an Ed25519 key, its thumbprint, and by A.4 its deterministic signature.
    private const string RfcKey = """{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    [Test]
    public void Should_sign_as_the_RFC_does()
    {
        using var key = SigningKey.Parse(RfcKey);

        var signature = key.Sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8);

        Assert.That(key.PublicKey.Thumbprint, Is.EqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
        Assert.That(System.Buffers.Text.Base64Url.EncodeToString(signature),
            Is.EqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"));
    }

    [TestCase(SignatureAlgorithms.EdDsa)]
    [TestCase(SignatureAlgorithms.Es256)]
    public void Should_be_the_same_key_from_every_form(string algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        using var again = SigningKey.Parse(key.ToPrivateJwk());
        var signature = again.Sign("x"u8);

        Assert.That(VerificationKey.Parse(key.PublicKey.ToJwk()).Verify("x"u8, signature));
        Assert.That(VerificationKey.Parse(key.ToPrivateJwk()).ToJwk(), Is.EqualTo(key.PublicKey.ToJwk()), "of a private key the public half is taken");
        Assert.That(key.PublicKey.Verify("y"u8, signature), Is.False);
    }

    [Test]
    public void Should_take_what_openssl_writes()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = SigningKey.Parse(ecdsa.ExportPkcs8PrivateKeyPem());

        Assert.That(VerificationKey.Parse(ecdsa.ExportSubjectPublicKeyInfoPem()).Thumbprint, Is.EqualTo(key.KeyId));
        Assert.That(VerificationKey.Parse(Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo())).Thumbprint, Is.EqualTo(key.KeyId));
        // RFC 8410, section 10.1 and 10.3.
        using var ed25519 = SigningKey.Parse("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n");
        Assert.That(VerificationKey.Parse("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n").Thumbprint, Is.EqualTo(ed25519.KeyId));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{\"kty\":\"oct\",\"k\":\"AAAA\"}")]
    [TestCase("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}")]
    [TestCase("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""")]
    [TestCase("MCowBQYDK2VwAyEA")]
    [TestCase("[1]")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void Should_refuse_what_is_none(string text) => Assert.That(() => VerificationKey.Parse(text), Throws.TypeOf<FormatException>());

    [Test]
    public void Should_refuse_another_curve()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.That(() => VerificationKey.Parse(p384.ExportSubjectPublicKeyInfoPem()), Throws.TypeOf<FormatException>());
        Assert.That(() => SigningKey.Parse(p384.ExportPkcs8PrivateKeyPem()), Throws.TypeOf<FormatException>());
    }
}
