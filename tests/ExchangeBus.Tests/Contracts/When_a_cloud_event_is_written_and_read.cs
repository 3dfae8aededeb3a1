using System.Text;
using CsCheck;
using ExchangeBus.Contracts;

namespace ExchangeBus.Tests.Contracts;

[TestFixture]
public sealed class When_a_cloud_event_is_written_and_read
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF') && c is < '\uFDD0' or > '\uFDEF'), 1, 60];
    private static readonly Gen<string> Name = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"], 1, 20];

    [Test]
    public void Should_be_the_same_event()
    {
        Gen.Select(Text, Text, Gen.Dictionary(Name, Text)[0, 5], Gen.Int).Sample((id, subject, extensions, number) =>
        {
            var written = new CloudEvent { Id = id, Source = "urn:x:y", Type = "vn.a.b.v1", Subject = subject, Data = Encoding.UTF8.GetBytes($"{{\"n\":{number}}}") };
            foreach (var (name, value) in extensions.Where(e => !CloudEventsOwn.Contains(e.Key)))
                written = written.With(name, value);

            var read = CloudEventJson.Read(CloudEventJson.Write(written));

            return read.Id == id && read.Subject == subject && read.Extensions.SequenceEqual(written.Extensions) && read.Data.Span.SequenceEqual(written.Data.Span);
        });
    }

    [Test]
    public void Should_keep_the_time_as_its_publisher_wrote_it()
    {
        var read = CloudEventJson.Read("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"2026-11-23T08:30:00.10Z"}"""u8.ToArray());

        Assert.That(read.TimeText, Is.EqualTo("2026-11-23T08:30:00.10Z"), "a signature covers these characters");
        Assert.That(read.Time, Is.EqualTo(new DateTimeOffset(2026, 11, 23, 8, 30, 0, 100, TimeSpan.Zero)));
    }

    [Test]
    public void Should_never_throw_whatever_the_bytes_are()
    {
        var good = CloudEventJson.Write(new CloudEvent { Id = "1", Source = "urn:a", Type = "t", Data = """{"a":[1,{"b":null}]}"""u8.ToArray() });
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, length) =>
        {
            var bytes = good.ToArray();
            bytes[at] = value;
            var isEvent = CloudEventJson.TryRead(bytes.AsMemory(0, length), out var read, out var builder);
            return isEvent ? read is not null && builder.Violations.Count == 0 : builder.Violations.Count > 0;
        }, iter: 20_000);
    }

    [TestCase("{\n  \"id\": \"1\",\n  \"data\": {\"x\": ]\n}", "line 3, byte 17")]
    [TestCase("{\"id\": ", "line 1, byte 8")]
    public void Should_say_where_the_JSON_breaks(string text, string place)
    {
        Assert.That(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(text), out _, out var builder), Is.False);

        Assert.That(builder.Violations.Single().MessageEn, Does.Contain(place), "an editor that shows lines must lead there");
    }

    [Test]
    public void Should_name_no_place_where_none_is_known()
    {
        byte[] text = [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.That(CloudEventJson.TryRead(text, out _, out var builder), Is.False);

        Assert.That(builder.Violations.Single().MessageEn, Is.EqualTo("The body is not well-formed JSON."));
    }

    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","data":{"x":1}}x""", "json.malformed")]
    [TestCase("""{"specversion":"1.0","id":"1","id":"2","source":"a","type":"t"}""", "envelope.repeated")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","Data-x":"1"}""", "envelope.name")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","ext":{"a":1}}""", "envelope.value")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","ext":1.5}""", "envelope.value")]
    [TestCase("""{"specversion":"1.0","id":"","source":"a","type":"t"}""", "envelope.empty")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"yesterday"}""", "envelope.time")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"9999-12-31T20:00:00Z"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"0001-01-01T00:00:00Z"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"1799-12-31T23:59:59Z"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"2200-01-01T00:00:00Z"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"2199-12-31T23:30:00-01:00"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","time":"1800-01-01T00:30:00+01:00"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","recordedtime":"9999-12-31T20:00:00Z"}""", "envelope.year")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","data_base64":"AA=="}""", "envelope.database64")]
    [TestCase("""{"specversion":"1.0","id":"1","source":"a","type":"t","datacontenttype":"text/xml"}""", "envelope.datacontenttype")]
    public void Should_say_what_is_wrong(string json, string code)
    {
        Assert.That(CloudEventJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out var builder), Is.False);
        Assert.That(builder.Violations.Select(v => v.Code), Does.Contain(code));
    }

    [Test]
    public void Should_say_everything_at_once()
    {
        CloudEventJson.TryRead("""{"specversion":"0.3","id":"","time":"no"}"""u8.ToArray(), out _, out var builder);

        Assert.That(builder.Violations.Select(v => v.Code), Is.EquivalentTo(new[] { "envelope.specversion", "envelope.empty", "envelope.time", "envelope.missing", "envelope.missing" }));
    }

    private static readonly HashSet<string> CloudEventsOwn = ["specversion", "id", "source", "type", "subject", "time", "dataschema", "datacontenttype", "data", "recordedtime"];
}
