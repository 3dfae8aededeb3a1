using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks.Rules;

internal sealed class When_a_text_is_looked_at
{
    [TestCaseSource(typeof(RealTexts), nameof(RealTexts.Vietnamese))]
    [TestCaseSource(typeof(RealTexts), nameof(RealTexts.Foreign))]
    public void Should_take_what_is_written_correctly(string text) => Assert.That(CodesOf(text), Is.Empty);

    [Test]
    public void Should_take_all_correct_texts_in_one_event()
    {
        Assert.That(Codes(RealTexts.Vietnamese), Is.Empty);
        Assert.That(Codes(RealTexts.Foreign), Is.Empty);
    }

    [Test]
    public void Should_refuse_what_is_in_tcvn3() => Assert.That(Missed(OldEncodings.Tcvn3, "text.tcvn3"), Is.Empty);

    [Test]
    public void Should_refuse_what_is_in_vni() => Assert.That(Missed(OldEncodings.Vni, "text.vni", "text.tcvn3"), Is.Empty);

    [Test]
    public void Should_refuse_utf8_that_was_read_as_latin1() =>
        Assert.That(
            RealTexts.Vietnamese.Append("François Müller").Append("José Peña").Where(t => OldEncodings.Mojibake(t) != t && !CodesOf(OldEncodings.Mojibake(t)).Contains("text.mojibake")), Is.Empty);

    [TestCase("NguyÔn V¨n An", "text.tcvn3")]
    [TestCase("TrÇn ThÞ Hµ", "text.tcvn3")]
    [TestCase("Lª", "text.tcvn3")]
    [TestCase("Nguyeãn Vaên An", "text.vni")]
    [TestCase("NGUYEÃN VAÊN AN", "text.vni")]
    [TestCase("Ñoã Möôøi", "text.vni")]
    [TestCase("Nguyá»…n VÄƒn An", "text.mojibake")]
    [TestCase("HÃ Ná»™i", "text.mojibake")]
    [TestCase("Itâ€™s", "text.mojibake")]
    [TestCase("Nguy\uFFFDn", "text.replacement")]
    [TestCase("Lan\u0000", "text.control")]
    [TestCase("Lan\u007F", "text.control")]
    [TestCase("Lan\u0085", "text.control")]
    [TestCase("Lan\u001B[31m", "text.control")]
    [TestCase("Lan\u202Enal", "text.invisible")]
    [TestCase("\uFEFFLan", "text.invisible")]
    [TestCase("Lan\u200B", "text.invisible")]
    public void Should_refuse_for_the_reason(string text, string code) => Assert.That(CodesOf(text), Is.EqualTo(new[] { code }));

    [Test]
    public void Should_refuse_doubtful_words_only_when_there_are_several()
    {
        // One of them is a name in Norway; two of them are Ho and Tho in TCVN3.
        Assert.That(Codes("Hå"), Is.Empty);
        Assert.That(Codes("Hå", "Thä"), Is.EqualTo(new[] { "text.tcvn3" }));
        Assert.That(Codes("Hå", "Thä", "Nguyễn"), Is.Empty, "who writes Unicode does not write TCVN3 beside it");
    }

    [Test]
    public void Should_compose_letters_that_came_apart_and_keep_all_else_byte_for_byte()
    {
        var sent = """{ "text" : "Nguyễn\tVăn \"Trần\" \u0041e\u0301" , "texts":["An","Thị 1.0"],  "anything": 1.50e0 }""".Replace("Nguyễn", OldEncodings.Decomposed("Nguyễn"), StringComparison.Ordinal)
            .Replace("Thị", OldEncodings.Decomposed("Thị"), StringComparison.Ordinal);
        var outcome = Check(sent);

        Assert.That(Said(outcome), Is.EqualTo(new[] { "/text text.decomposed Warning", "/texts/1 text.decomposed Warning" }));
        Assert.That(Encoding.UTF8.GetString(outcome.ComposedData!.Value.Span),
            Is.EqualTo("""{ "text" : "Nguyễn\tVăn \"Trần\" Aé" , "texts":["An","Thị 1.0"],  "anything": 1.50e0 }"""));
    }

    [TestCaseSource(typeof(RealTexts), nameof(RealTexts.Vietnamese))]
    public void Should_compose_every_order_of_marks(string text)
    {
        var outcome = Check(new JsonObject { ["text"] = OldEncodings.Decomposed(text) });

        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Valid));
        if (OldEncodings.Decomposed(text) != text)
            Assert.That((string?)JsonNode.Parse(outcome.ComposedData!.Value.Span)!["text"], Is.EqualTo(text));
    }

    [TestCase("a\u0323\u0302", "ậ")]
    [TestCase("a\u0302\u0323", "ậ")]
    [TestCase("â\u0323", "ậ")]
    [TestCase("ạ\u0302", "ậ")]
    [TestCase("u\u031B\u0323", "ự")]
    [TestCase("u\u0323\u031B", "ự")]
    [TestCase("o\u0301\u031B", "ớ")]
    [TestCase("e\u0301\u0302", "é\u0302")]
    [TestCase("a\u0341", "á")]
    public void Should_compose_as_unicode_says(string apart, string composed) =>
        Assert.That((string?)JsonNode.Parse(Check(new JsonObject { ["text"] = apart }).ComposedData!.Value.Span)!["text"], Is.EqualTo(composed));

    [TestCase("ẹ\u0300")]
    [TestCase("Ế")]
    [TestCase("x\u0301")]
    public void Should_leave_what_is_composed_already(string text)
    {
        var outcome = Check(new JsonObject { ["text"] = text });

        Assert.That(outcome.ComposedData, Is.Null);
        Assert.That(outcome.Warnings, Is.Empty);
    }

    [Test]
    public void Should_not_alter_a_signed_event()
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["text"] = OldEncodings.Decomposed("Trần") }.ToJsonString());
        var outcome = NewChecks().CheckContent(EventOf(body).With(ExchangeBus.Contracts.ExtensionAttributes.Signature, "a..b"));

        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Invalid));
        Assert.That(Said(outcome), Is.EqualTo(new[] { "/text text.decomposed-signed Error" }));
    }

    [Test]
    public void Should_count_the_letters_that_are_kept()
    {
        // 100 letters are the limit; apart they are 200 characters.
        var name = string.Concat(Enumerable.Repeat("é", 100));
        Assert.That(Check(new JsonObject { ["name"] = new JsonObject { ["given"] = OldEncodings.Decomposed(name) } }).Verdict, Is.EqualTo(Verdict.Valid));
    }

    // Two people in an event, as a mother and a father are. A single short word may be a word of another language.
    private static List<string> Missed(Func<string, string> encode, params string[] codes) =>
        [.. RealTexts.Names.Zip(RealTexts.Names.Skip(1)).Where(pair => !Codes(encode(pair.First), encode(pair.Second)).Exists(codes.Contains)).Select(pair => $"{pair}: {encode(pair.First)}, {encode(pair.Second)}")];

    private static List<string> CodesOf(string text) => Codes(text);

    private static List<string> Codes(params string[] texts)
    {
        var list = new JsonArray([.. texts.Select(t => (JsonNode)t)]);
        return [.. Check(new JsonObject { ["texts"] = list }).Violations.Select(v => v.Code)];
    }
}
