using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Agencies;

public sealed class When_a_system_signs_a_token
{
    private const string Audience = "urn:exchangebus:test";
    private const string Source = "urn:exchangebus:agency:G15:civilstatus";
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgencySystem System = new("G15", "civilstatus", []);
    private readonly AgencyDirectory _directory = new();
    private readonly SigningKey _key = SigningKey.Create();
    private SignedTokens _tokens = null!;

    [SetUp]
    public void Register()
    {
        Register(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        _tokens = new SignedTokens(_directory, null!, Options.Create(new CallerOptions { Audience = Audience }));
    }

    [OneTimeTearDown]
    public void Dispose() => _key.Dispose();

    [Test]
    public void Should_be_known_by_it()
    {
        Assert.That(CodeOf(ClientAssertion.Create(Source, Audience, _key, Now)), Is.Null);
        Assert.That(CodeOf(ClientAssertion.Create(Source, Audience, _key, Now.AddSeconds(29), TimeSpan.FromMinutes(5))), Is.Null, "within the skew");
        Assert.That(CodeOf(Token(c => c["aud"] = new JsonArray("other", Audience))), Is.Null);
        Assert.That(CodeOf(Token(c => c.Remove("nbf"))), Is.Null);
        Assert.That(CodeOf(Token(c => c["exp"] = Now.ToUnixTimeSeconds() + 1.5)), Is.Null, "a NumericDate may have a fraction (RFC 7519, section 2)");
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        var now = Now.ToUnixTimeSeconds();
        yield return Case("auth.token-expired", c => (c["iat"], c["nbf"], c["exp"]) = (now - 90, now - 90, now - 31));
        yield return Case("auth.token-not-yet-valid", c => (c["iat"], c["nbf"]) = (now + 31, now + 31));
        yield return Case("auth.token-not-yet-valid", c => c["nbf"] = now + 31);
        yield return Case("auth.token-lifetime", c => c["exp"] = now + 301);
        yield return Case("auth.token-lifetime", c => (c["iat"], c["exp"]) = (now - 600, now + 30));
        yield return Case("auth.token-malformed", c => c["exp"] = 1e300);
        yield return Case("auth.token-audience", c => c["aud"] = "urn:exchangebus:bus");
        yield return Case("auth.token-audience", c => c.Remove("aud"));
        yield return Case("auth.token-subject", c => c["sub"] = "urn:exchangebus:agency:G15:other");
        yield return Case("auth.token-subject", c => c.Remove("sub"));
        yield return Case("auth.token-claim", c => c.Remove("jti"));
        yield return Case("auth.token-claim", c => c["jti"] = "");
        yield return Case("auth.token-claim", c => c["jti"] = new string('x', 129));
        yield return Case("auth.token-claim", c => c.Remove("exp"));
        yield return Case("auth.token-claim", c => c.Remove("iat"));
        yield return Case("auth.token-claim", c => c.Remove("iss"));
        yield return Case("auth.key-unknown", c => c["iss"] = "urn:exchangebus:agency:G99:nobody");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Should_hear_what_is_wrong_with_its_claims(string code, Action<JsonObject> change) => Assert.That(CodeOf(Token(change)), Is.EqualTo(code));

    [TestCase("exp", "\"soon\"")]
    [TestCase("exp", "null")]
    [TestCase("exp", "[1]")]
    [TestCase("exp", "1e400")]
    [TestCase("nbf", "\"x\"")]
    [TestCase("jti", "5")]
    [TestCase("jti", "{}")]
    [TestCase("iss", "5")]
    [TestCase("aud", "[1,{}]")]
    [TestCase("sub", "[]")]
    public void Should_not_be_known_by_a_claim_of_another_type(string claim, string json) =>
        Assert.That(CodeOf(Signed(Header(), Claims(c => c[claim] = "@").ToJsonString().Replace("\"@\"", json, StringComparison.Ordinal))), Does.StartWith("auth."));

    [Test]
    public void Should_not_be_known_by_another_signature_or_algorithm()
    {
        using var other = SigningKey.Create();
        var token = Token(_ => { });
        var unsigned = token[..(token.LastIndexOf('.') + 1)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CodeOf(Token(_ => { }, other)), Is.EqualTo("auth.signature"), "another key under this kid");
            Assert.That(CodeOf(unsigned), Is.EqualTo("auth.signature").Or.EqualTo("auth.token-malformed"));
            Assert.That(CodeOf(token + "A"), Is.EqualTo("auth.signature"));
            Assert.That(CodeOf(Signed("""{"alg":"none"}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.token-algorithm"));
            Assert.That(CodeOf(Signed($$"""{"alg":"HS256","kid":"{{_key.KeyId}}"}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.token-algorithm"));
            Assert.That(CodeOf(Signed($$"""{"alg":"ES256","kid":"{{_key.KeyId}}"}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.token-algorithm"), "not the key's own");
            Assert.That(CodeOf(Signed("""{"alg":"EdDSA"}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.token-claim"));
            Assert.That(CodeOf(Signed("""{"alg":"EdDSA","kid":"unknown"}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.key-unknown"));
            Assert.That(CodeOf(Signed($$"""{"alg":"EdDSA","kid":"{{_key.KeyId}}","crit":["x"],"x":1}""", Claims(_ => { }).ToJsonString())), Is.EqualTo("auth.token-malformed"));
        }
    }

    [TestCase("")]
    [TestCase("a.b.c")]
    [TestCase("a.b")]
    [TestCase("...")]
    [TestCase("eyJhbGciOiJFZERTQSJ9.bm90anNvbg.AAAA")]
    [TestCase("a.b.c.d.e")]
    [TestCase("..\uD83D")]
    public void Should_not_be_known_by_what_is_no_token(string token) => Assert.That(CodeOf(token), Does.StartWith("auth."));

    [Test]
    public void Should_not_be_known_by_a_key_outside_its_time()
    {
        Register(DateTimeOffset.MinValue, Now);
        Assert.That(CodeOf(Token(_ => { })), Is.EqualTo("auth.key-expired"));
        Register(Now.AddSeconds(1), DateTimeOffset.MaxValue);
        Assert.That(CodeOf(Token(_ => { })), Is.EqualTo("auth.key-not-yet-valid"));
    }

    private void Register(DateTimeOffset from, DateTimeOffset until) =>
        _directory.Replace([System], [new AgencyKey(1, System, _key.KeyId, _key.PublicKey, from, until)]);

    private string? CodeOf(string token) => _tokens.Check(token, Now, out _, out _)?.Violation.Code;

    private static TestCaseData Case(string code, Action<JsonObject> change) => new(code, change);

    private string Header() => $$"""{"alg":"EdDSA","kid":"{{_key.KeyId}}"}""";

    private string Token(Action<JsonObject> change, SigningKey? key = null) => Signed(Header(), Claims(change).ToJsonString(), key);

    private static JsonObject Claims(Action<JsonObject> change)
    {
        var now = Now.ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = Source, ["sub"] = Source, ["aud"] = Audience, ["iat"] = now, ["nbf"] = now, ["exp"] = now + 60, ["jti"] = "1" };
        change(claims);
        return claims;
    }

    private string Signed(string header, string claims, SigningKey? key = null)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{input}.{Base64Url.EncodeToString((key ?? _key).Sign(Encoding.ASCII.GetBytes(input)))}";
    }
}
