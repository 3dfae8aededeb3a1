using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Signatures;

public sealed class When_an_event_is_signed
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);
    private readonly AgencyDirectory _directory = new();

    private static readonly CloudEvent Event = new()
    {
        Id = "1",
        Source = "urn:exchangebus:agency:G15:civilstatus",
        Type = "vn.civilstatus.birthregistered.v1",
        Subject = "G15-2026-1",
        Data = """{"name":"Nguyễn Văn Thử","weight":3.20,"twins":[]}"""u8.ToArray(),
    };

    [TestCase(SignatureAlgorithms.EdDsa)]
    [TestCase(SignatureAlgorithms.Es256)]
    public void Should_hold_also_when_it_was_written_anew_and_the_bus_has_added_its_own(string algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        var system = Register(key);

        var signed = EventSignature.Sign(Event, key);
        var arrived = CloudEventJson.Read(CloudEventJson.Write(signed with { Data = """{ "weight" : 3.2, "twins":[ ], "name":"Nguy\u1ec5n V\u0103n Th\u1eed" }"""u8.ToArray() }))
            .With(ExtensionAttributes.RecordedTime, "2026-11-25T09:00:00Z").With(ExtensionAttributes.PartitionKey, "k").With(ExtensionAttributes.Sequence, "7");

        Assert.That(new EventSignatureCheck(_directory, _time).Check(arrived, system), Is.Null);
    }

    [Test]
    public void Should_be_a_JWS_that_any_library_can_check_with_the_payload_put_back()
    {
        using var key = SigningKey.Create(SignatureAlgorithms.Es256);
        var parts = EventSignature.Sign(Event, key)[ExtensionAttributes.Signature]!.Split('.');

        using var other = ECDsa.Create();
        var token = $"{parts[0]}.{Base64Url.EncodeToString(EventSignature.SignedForm(Event))}";
        using var jwk = System.Text.Json.JsonDocument.Parse(key.PublicKey.ToJwk());
        other.ImportParameters(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.RootElement.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.RootElement.GetProperty("y").GetString()) },
        });
        Assert.That(other.VerifyData(Encoding.ASCII.GetBytes(token), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Test]
    public void Should_be_refused_when_anything_else_was_changed()
    {
        using var key = SigningKey.Create();
        var system = Register(key);
        var signed = EventSignature.Sign(Event, key);
        CloudEvent[] changed =
        [
            signed with { Id = "2" }, signed with { Type = "vn.civilstatus.other.v1" }, signed with { Subject = "G15-2026-2" }, signed with { TimeText = "2026-11-25T09:00:00Z" },
            signed with { Data = """{"name":"Nguyễn Văn Thử","weight":3.21,"twins":[]}"""u8.ToArray() }, signed with { Data = default }, signed.With(ExtensionAttributes.Recipient, "G01"),
        ];

        Assert.That(changed.Select(e => new EventSignatureCheck(_directory, _time).Check(e, system)?.Code), Has.All.EqualTo("signature.wrong"));
    }

    [Test]
    public void Should_be_refused_with_the_cause()
    {
        using var key = SigningKey.Create();
        using var other = SigningKey.Create();
        var system = Register(key, from: Now.AddDays(-1), until: Now.AddDays(1));
        var signed = EventSignature.Sign(Event, key);
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"ES256","kid":"{{key.KeyId}}"}"""));
        var critical = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"EdDSA","kid":"{{key.KeyId}}","crit":["b64"],"b64":false}"""));
        var signature = signed[ExtensionAttributes.Signature]!.Split('.')[2];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CodeOf(signed), Is.Null);
            Assert.That(CodeOf(EventSignature.Sign(Event, other)), Is.EqualTo("signature.key-unknown"));
            Assert.That(CodeOf(Event.With(ExtensionAttributes.Signature, "abc")), Is.EqualTo("signature.malformed"));
            Assert.That(CodeOf(Event.With(ExtensionAttributes.Signature, $"{critical}..{signature}")), Is.EqualTo("signature.malformed"));
            Assert.That(CodeOf(Event.With(ExtensionAttributes.Signature, $"{header}..{signature}")), Is.EqualTo("signature.algorithm"));
            Assert.That(CodeOf(signed with { Data = """{"a":1,"a":1}"""u8.ToArray() }), Is.EqualTo("signature.not-canonical"));
            Assert.That(CodeOf(Event), Is.Null, "no signature is asked for");
            Assert.That(CodeOf(Event with { Type = "vn.civilstatus.mustsign.v1" }), Is.EqualTo("signature.required"));
            _time.Advance(TimeSpan.FromDays(2));
            Assert.That(CodeOf(signed), Is.EqualTo("signature.key-expired"));
        }

        string? CodeOf(CloudEvent e) => new EventSignatureCheck(_directory, _time).Check(e, system)?.Code;
    }

    private AgencySystem Register(SigningKey key, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var system = new AgencySystem("G15", "civilstatus", ["vn.civilstatus.*"], ["vn.civilstatus.mustsign.*"]);
        _directory.Replace([system], [new AgencyKey(1, system, key.KeyId, key.PublicKey, from ?? DateTimeOffset.MinValue, until ?? DateTimeOffset.MaxValue)]);
        return system;
    }
}
