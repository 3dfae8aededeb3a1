using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Tests.Schemas;
using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks;

internal sealed class When_a_body_is_hostile
{
    private static readonly string[] Naughty =
    [
        "", " ", "null", "undefined", "NaN", "0", "-1", "1e1000", "true", "\\", "\"", "'", "';drop table event_log;--", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}",
        "../../etc/passwd", "%00", "\u0000", "\u0001", "\r\nSet-Cookie: x", "\t", "𝕹𝖌𝖚𝖞ễ𝖓", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤", "﷽", "👩‍👩‍👧‍👦", "ﬁ", "İı", "ẞß", "‮gnp.exe", "\uFFFE", "\uFFFD", "Ω≈ç√∫˜µ≤≥÷", "åß∂ƒ©˙∆˚¬…æ",
        "Ã", "á»", "Â ", "àààààààààààààààààààààà", "ªªªªªª", "¨", "a\u0301\u0301\u0301\u0301\u0301", "\u0301", "ñöô", "ÔÔÔÔ", "C:\\con", "%s%n%d", "+84-0912 345 678", "Nguyễn\u00A0Văn",
    ];

    [TestCaseSource(nameof(Naughty))]
    public void Should_take_a_naughty_text_or_say_why_not(string text)
    {
        var outcome = Check(new JsonObject
        {
            ["name"] = new JsonObject { ["given"] = text, ["family"] = text },
            ["address"] = new JsonObject { ["unit"] = "01", ["detail"] = text },
            ["text"] = text,
        });

        Assert.That(outcome.Verdict, Is.AnyOf(Verdict.Valid, Verdict.Invalid));
        Assert.That(outcome.Violations.Concat(outcome.Warnings), Has.All.Matches<ExchangeBus.Contracts.Violation?>(v => v!.Pointer.StartsWith("/data/", StringComparison.Ordinal)));
    }

    [Test]
    public void Should_take_a_naughty_code_for_an_unknown_one()
    {
        foreach (var text in Naughty)
        {
            var codes = Check(new JsonObject { ["nationality"] = text, ["group"] = text, ["commune"] = text, ["personalId"] = text, ["dueAt"] = text, ["birthDate"] = text }).Violations.Select(v => v.Code);
            Assert.That(codes, Does.Contain("code.unknown"), text);
        }
    }

    [Test]
    public void Should_stay_within_the_limits()
    {
        var checks = NewChecks(configure: options => (options.MaxDepth, options.MaxItems, options.MaxTextLength) = (4, 3, 100));

        Assert.That(Said(Of(checks, """{"anything":[[[1]]]}"""u8.ToArray())), Is.Empty);
        Assert.That(Said(Of(checks, """{"anything":[[[[1]]]]}"""u8.ToArray())), Is.EqualTo(new[] { "/anything limit.depth Error" }));
        Assert.That(Said(Of(checks, """{"texts":["","",""]}"""u8.ToArray())), Is.Empty);
        Assert.That(Said(Of(checks, """{"texts":["","","",""]}"""u8.ToArray())), Is.EqualTo(new[] { "/texts limit.items Error" }));
        Assert.That(Said(Of(checks, Encoding.UTF8.GetBytes($$"""{"text":"{{new string('a', 100)}}"}"""))), Is.Empty);
        Assert.That(Said(Of(checks, Encoding.UTF8.GetBytes($$"""{"text":"{{new string('a', 101)}}"}"""))), Is.EqualTo(new[] { "/text limit.text Error" }));
    }

    [TestCase("ế", 100, 101)]
    [TestCase("\\u1EBF", 100, 101)]
    [TestCase("\\n", 100, 101)]
    [TestCase("\\\\", 100, 101)]
    [TestCase("\\\"", 100, 101)]
    [TestCase("\\\\u", 50, 51, TestName = "Should_count_characters(a backslash before the letter u)")]
    [TestCase("😀", 50, 51)]
    [TestCase("\\uD83D\\uDE00", 50, 51)]
    public void Should_count_characters(string written, int longest, int tooLong)
    {
        var checks = NewChecks(configure: options => options.MaxTextLength = 100);

        Assert.That(Said(Text(longest)), Has.None.Contains("limit.text"));
        Assert.That(Said(Text(tooLong)), Does.Contain("/text limit.text Error"));

        Outcome Text(int times) => Of(checks, Encoding.UTF8.GetBytes($$"""{"text":"{{string.Concat(Enumerable.Repeat(written, times))}}"}"""));
    }

    [Test]
    public void Should_take_any_time_of_the_calendar()
    {
        foreach (var time in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new(9999, 12, 31, 20, 0, 0, TimeSpan.Zero), new(9999, 12, 31, 23, 0, 0, TimeSpan.FromHours(14))])
            Assert.DoesNotThrow(() => Check("{}", time), $"{time:O}");
    }

    [Test]
    public void Should_never_throw()
    {
        var random = new Random(4);
        var checks = NewChecks();
        var seeds = SchemaFolder.Folders.SelectMany(folder => SchemaFolder.Examples(folder, "valid").Concat(SchemaFolder.Examples(folder, "invalid"))
            .Select(file => ($"vn.{folder.Replace('/', '.')}.v1", File.ReadAllBytes(file)))).ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var (type, seed) = seeds[random.Next(seeds.Length)];
            var body = (byte[])seed.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                body[random.Next(body.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"\"{}[],:\\u0123456789-eT"[random.Next(22)];
            if (random.Next(5) == 0)
                body = body[..random.Next(1, body.Length)];

            Assert.DoesNotThrow(() => Of(checks, body, type: random.Next(2) == 0 ? type : EverythingType), Convert.ToBase64String(body));
        }
    }

    [Test]
    public void Should_take_every_valid_example_of_every_schema()
    {
        var checks = NewChecks();
        foreach (var folder in SchemaFolder.Folders)
        {
            foreach (var file in SchemaFolder.Examples(folder, "valid"))
            {
                var outcome = Of(checks, File.ReadAllBytes(file), type: $"vn.{folder.Replace('/', '.')}.v1");
                Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Valid), $"{file}: {string.Join(", ", Said(outcome))}");
            }
        }
    }
}
