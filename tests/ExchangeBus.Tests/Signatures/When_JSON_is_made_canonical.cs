using System.Text;
using System.Text.Json;
using CsCheck;
using ExchangeBus.Signatures;

namespace ExchangeBus.Tests.Signatures;

public sealed class When_JSON_is_made_canonical
{
    // RFC 8785, section 3.2.2 and 3.2.3.
    [Test]
    public void Should_write_the_sample_of_the_RFC()
    {
        const string sample = """
            { "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }
            """;

        Assert.That(Canonical(sample), Is.EqualTo(
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"""));
    }

    // RFC 8785, section 3.2.3: by UTF-16 code units, in which U+1F600 comes before U+FB33.
    [Test]
    public void Should_sort_names_by_their_UTF_16_code_units() => Assert.That(
        Canonical("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"Latin"}"""),
        Is.EqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin\",\"€\":\"Euro Sign\",\"😀\":\"Emoji\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}"));

    [Test]
    public void Should_sort_any_names_as_dotnet_compares_strings() => Gen.String.Array[0, 12].Sample(names =>
    {
        var sound = names.Where(n => !n.EnumerateRunes().Any(r => r == Rune.ReplacementChar)).Distinct().ToArray();
        var json = JsonSerializer.SerializeToUtf8Bytes(sound.ToDictionary(n => n, _ => 0));
        using var read = JsonDocument.Parse(CanonicalJson.Of(json));
        Assert.That(read.RootElement.EnumerateObject().Select(p => p.Name), Is.EqualTo(sound.Order(StringComparer.Ordinal)));
    });

    // RFC 8785, appendix B: IEEE 754 bits and their text.
    [TestCase("0000000000000000", "0")]
    [TestCase("8000000000000000", "0")]
    [TestCase("0000000000000001", "5e-324")]
    [TestCase("8000000000000001", "-5e-324")]
    [TestCase("7fefffffffffffff", "1.7976931348623157e+308")]
    [TestCase("ffefffffffffffff", "-1.7976931348623157e+308")]
    [TestCase("4340000000000000", "9007199254740992")]
    [TestCase("c340000000000000", "-9007199254740992")]
    [TestCase("4430000000000000", "295147905179352830000")]
    [TestCase("44b52d02c7e14af5", "9.999999999999997e+22")]
    [TestCase("44b52d02c7e14af6", "1e+23")]
    [TestCase("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [TestCase("444b1ae4d6e2ef4e", "999999999999999700000")]
    [TestCase("444b1ae4d6e2ef4f", "999999999999999900000")]
    [TestCase("444b1ae4d6e2ef50", "1e+21")]
    [TestCase("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [TestCase("3eb0c6f7a0b5ed8d", "0.000001")]
    [TestCase("41b3de4355555553", "333333333.3333332")]
    [TestCase("41b3de4355555554", "333333333.33333325")]
    [TestCase("41b3de4355555555", "333333333.3333333")]
    [TestCase("41b3de4355555556", "333333333.3333334")]
    [TestCase("41b3de4355555557", "333333333.33333343")]
    [TestCase("becbf647612f3696", "-0.0000033333333333333333")]
    [TestCase("43143ff3c1cb0959", "1424953923781206.2")]
    public void Should_write_numbers_as_ECMAScript_does(string bits, string expected) =>
        Assert.That(Number(BitConverter.UInt64BitsToDouble(Convert.ToUInt64(bits, 16))), Is.EqualTo(expected));

    [Test]
    public void Should_write_each_double_in_the_shortest_text_that_reads_back()
    {
        // A fixed seed, so that a failure can be repeated.
        var random = new Random(8785);
        for (var i = 0; i < 100_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(value))
                continue;
            var text = Number(value);
            if (double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) != value || Canonical(text) != text)
                Assert.Fail($"{value:R} became {text}");
        }
    }

    [TestCase("""{"a":1,"a":2}""", CanonicalFault.DuplicateName)]
    [TestCase("""[{"b":{"a":1,"\u0061":2}}]""", CanonicalFault.DuplicateName, Description = "the same name, once escaped")]
    [TestCase("""["\ud800"]""", CanonicalFault.NotUnicode)]
    [TestCase("""{"\udc00x":1}""", CanonicalFault.NotUnicode)]
    [TestCase("[1e309]", CanonicalFault.NumberRange)]
    [TestCase("[-1e999]", CanonicalFault.NumberRange)]
    [TestCase("[9007199254740993]", CanonicalFault.NumberRange, Description = "reads as 9007199254740992")]
    [TestCase("[12345678901234567890]", CanonicalFault.NumberRange)]
    [TestCase("", CanonicalFault.NotJson)]
    [TestCase("[1] 2", CanonicalFault.NotJson)]
    [TestCase("{\"a\":1,}", CanonicalFault.NotJson)]
    [TestCase("[01]", CanonicalFault.NotJson)]
    public void Should_refuse_what_is_not_I_JSON(string json, CanonicalFault fault) =>
        Assert.That(() => Canonical(json), Throws.TypeOf<CanonicalJsonException>().With.Property(nameof(CanonicalJsonException.Fault)).EqualTo(fault));

    [Test]
    public void Should_refuse_a_surrogate_that_is_written_as_UTF_8() => Assert.That(() => CanonicalJson.Of([0x22, 0xED, 0xA0, 0x80, 0x22]),
        Throws.TypeOf<CanonicalJsonException>().With.Property(nameof(CanonicalJsonException.Fault)).EqualTo(CanonicalFault.NotUnicode));

    [Test]
    public void Should_refuse_nesting_without_an_end() => Assert.That(() => Canonical(new string('[', 100_000)), Throws.TypeOf<CanonicalJsonException>());

    private static string Number(double value)
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..EcmaScriptNumber.Write(value, text)]);
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
