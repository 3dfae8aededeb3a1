using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

public class When_formats_are_asserted
{
    [TestCase("date", "2024-02-29", "2023-02-29")]
    [TestCase("time", "23:59:60Z", "22:59:60Z")]
    [TestCase("date-time", "2026-11-20T08:15:30.5+07:00", "2026-11-20 08:15:30")]
    [TestCase("duration", "P1Y2M3DT4H", "P1Y2D")]
    [TestCase("email", "an.nguyen@example.vn", "an..nguyen@example.vn")]
    [TestCase("idn-email", "nguyễn@ví-dụ.vn", "nguyễn ví-dụ.vn")]
    [TestCase("hostname", "xn--v-d-rma6749a.vn", "xn--X")]
    [TestCase("idn-hostname", "ví-dụ.vn", "-ví.vn")]
    [TestCase("ipv4", "10.0.0.1", "10.0.0.01")]
    [TestCase("ipv6", "2001:db8::1:10.0.0.1", "2001:db8:::1")]
    [TestCase("uri", "https://a.example:8080/b?c=d#e", "/b")]
    [TestCase("uri-reference", "../b?c", "a b")]
    [TestCase("iri", "https://ví-dụ.vn/đường", "đường")]
    [TestCase("iri-reference", "đường", "đ{}")]
    [TestCase("uri-template", "/a/{id}{?x,y*}", "/a/{id")]
    [TestCase("uuid", "7f1c2a34-5b6d-4e8f-9a0b-1c2d3e4f5a6b", "7f1c2a345b6d4e8f9a0b1c2d3e4f5a6b")]
    [TestCase("json-pointer", "/a~0b/~1", "a/~2")]
    [TestCase("relative-json-pointer", "1/a", "01/a")]
    [TestCase("regex", "^[a-z]+$", "^[a-z+$")]
    public void Should_tell_right_from_wrong(string format, string right, string wrong)
    {
        var schema = Schemas.Compile($$"""{"format":"{{format}}"}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid($"\"{right}\""), Is.True, right);
            Assert.That(schema.IsValid($"\"{wrong}\""), Is.False, wrong);
            Assert.That(schema.IsValid("12"), Is.True, "a format speaks of strings only");
        }
    }

    [Test]
    public void Should_only_annotate_when_not_asked_to() =>
        Assert.That(Schemas.Compile("""{"format":"date"}""", new JsonSchemaOptions()).IsValid("\"no date\""), Is.True);

    [TestCase(true)]
    [TestCase(false)]
    public void Should_assert_for_a_dialect_that_says_so(bool required)
    {
        var dialect = $$"""
            {"$id":"https://d.example/m","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,
             "https://json-schema.org/draft/2020-12/vocab/format-assertion":{{(required ? "true" : "false")}} } }
            """;
        var schema = Schemas.Compile("""{"$schema":"https://d.example/m","format":"ipv4"}""", new JsonSchemaOptions(), ("https://d.example/m", dialect));
        Assert.That((schema.IsValid("\"1.2.3.4\""), schema.IsValid("\"1.2.3\"")), Is.EqualTo((true, false)));
    }
}
