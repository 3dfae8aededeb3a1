using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

public class When_the_text_is_not_acceptable_json
{
    private static readonly CompiledSchema Anything = Schemas.Compile("true");

    [TestCase("", 0)]
    [TestCase("   ", 3)]
    [TestCase("{", 1)]
    [TestCase("[1,]", 3)]
    [TestCase("[,1]", 1)]
    [TestCase("""{"a":1,}""", 7)]
    [TestCase("""{"a" 1}""", 5)]
    [TestCase("""{a:1}""", 1)]
    [TestCase("[1}", 2)]
    [TestCase("01", 1)]
    [TestCase("1.", 2)]
    [TestCase("-", 1)]
    [TestCase("1e", 2)]
    [TestCase("+1", 0)]
    [TestCase("nul", 0)]
    [TestCase("true false", 5)]
    [TestCase("\"abc", 4)]
    [TestCase("\"a\nb\"", 2)]
    [TestCase("\"\\x\"", 1)]
    [TestCase("\"\\u12G4\"", 1)]
    [TestCase("\"\\", 1)]
    [TestCase("\u00a01", 0)]
    public void Should_name_the_byte_where_it_stops(string text, int offset)
    {
        var violation = Anything.Validate(text).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(violation.Code, Is.EqualTo("json.syntax"));
            Assert.That(violation.ByteOffset, Is.EqualTo(offset));
            Assert.That(Anything.IsValid(text), Is.False);
        }
    }

    [TestCase("\"\\ud800\"", 1)]
    [TestCase("\"\\ud800x\"", 1)]
    [TestCase("\"ab\\udc00\"", 3)]
    [TestCase("\"\\ud800\\ud800\"", 1)]
    public void Should_refuse_half_a_surrogate_pair(string text, int offset)
    {
        var violation = Anything.Validate(text).Single();
        Assert.That((violation.Code, violation.ByteOffset), Is.EqualTo(("json.lone-surrogate", (long?)offset)));
    }

    [TestCase(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }, 1)]
    [TestCase(new byte[] { (byte)'"', (byte)'a', 0xED, 0xA0, 0x80, (byte)'"' }, 2)]
    [TestCase(new byte[] { (byte)'"', 0xC0, 0xAF, (byte)'"' }, 1)]
    [TestCase(new byte[] { (byte)'"', 0xE1, 0xBB }, 1)]
    public void Should_refuse_what_is_not_utf8(byte[] text, int offset)
    {
        var violation = Anything.Validate(text).Single();
        Assert.That((violation.Code, violation.ByteOffset), Is.EqualTo(("json.utf8", (long?)offset)));
    }

    [TestCase("""{"a":1,"a":2}""", "/a", 7)]
    [TestCase("""[{"x":{"b":1,"c":0,"\u0062":2}}]""", "/0/x/b", 19)]
    public void Should_refuse_a_repeated_name(string text, string pointer, int offset)
    {
        var violation = Anything.Validate(text).Single();
        Assert.That((violation.Code, violation.InstancePointer, violation.ByteOffset), Is.EqualTo(("json.duplicate-name", pointer, (long?)offset)));
    }

    [Test]
    public void Should_find_a_repeated_name_among_many()
    {
        var names = Enumerable.Range(0, 500).Select(n => $"\"name{n}\":{n}").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Anything.IsValid($"{{{string.Join(',', names)}}}"), Is.True);
            Assert.That(Anything.IsValid($"{{{string.Join(',', names)},\"name77\":0}}"), Is.False);
        }
    }

    [Test]
    public void Should_bound_depth_and_exponents()
    {
        var schema = Schemas.Compile("true", new JsonSchemaOptions { MaxDepth = 3 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(schema.IsValid("[[[1]]]"), Is.True);
            Assert.That(schema.Validate("[[[[1]]]]").Single().Code, Is.EqualTo("json.depth"));
            Assert.That(schema.Validate(new string('[', 1_000_000)).Single().Code, Is.EqualTo("json.depth"));
            Assert.That(schema.Validate("1e1000000000").Single().Code, Is.EqualTo("json.number-range"));
        }
    }

    [TestCase("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")]
    [TestCase(" [ 1 , { \"a\" : [ ] } , { } , -0.5e+10 ] ")]
    [TestCase("\"\\ud83d\\udc09 \u1ebf\"")]
    public void Should_accept_what_rfc_8259_allows(string text) => Assert.That(Anything.Validate(text), Is.Empty);

    [TestCase("\"a\\nb\\u1ebf\\ud83d\\udc09c\"", "\"a\\nb\u1ebf\U0001F409c\"")]
    [TestCase("{\"\\u0061\":1}", "{\"a\":1}")]
    public void Should_compare_strings_after_their_escapes(string constant, string text) =>
        Assert.That(Schemas.Compile($$"""{"const":{{constant}}}""").IsValid(text), Is.True);
}
