using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.Tests.JsonSchema;

public class When_patterns_are_matched
{
    private static readonly string[] Shapes =
    [
        @"^\d{12}$", @"^[A-Z]{2}\d+$", "ab", "^a|b$", "^(a|b)*c?$", "(ab|a)(c|bc)", @"\bab\b", @"^\B", @"\w+\W\w", "^[^a]$", "^.{2,3}$", "a{2}", "^$", "", "x|",
        "^[ế-ỹa]+$", @"\p{L}b", @"^\P{L}+$", "^[\U0001F409-\U0001F415]$", "(^a|b)c", "a$|^b", "^(?:(?:a{1,3}b){2})+$", "[]", "^[^]$", @"[\s\S]\d", "a??b",
    ];

    private static readonly Gen<string> Texts =
        Gen.OneOf("a", "b", "c", "A", "Z", "0", "9", " ", "_", "x", "ế", "ỹ", "\U0001F409", "\n", "ab", "012345678901").Array[0, 8].Select(string.Concat);

    [Test]
    public void Should_give_the_automaton_and_the_regex_the_same_answer()
    {
        foreach (var shape in Shapes)
        {
            var root = PatternParser.Parse(shape).Root;
            var automaton = Automaton.TryBuild(root) ?? throw new AssertionException("No automaton for " + shape);
            var regex = new Regex(DotNetPattern.Write(root), RegexOptions.CultureInvariant);
            Texts.Sample(text => Assert.That(automaton.IsMatch(Encoding.UTF8.GetBytes(text)), Is.EqualTo(regex.IsMatch(text)), $"{shape} on {text}"), iter: 500);
        }
    }

    [TestCase("^abc$", "abc\\n", false, Description = "$ is the end and not the last line")]
    [TestCase("^\\\\d$", "߀", false, Description = "digits are ASCII")]
    [TestCase("^\\\\s$", "\ufeff", true)]
    [TestCase("^\\\\cC$", "\\u0003", true)]
    [TestCase("^.$", "\U0001F409", true, Description = "a code point beyond the BMP is one character")]
    [TestCase("^\\\\u{1F409}$", "\U0001F409", true)]
    [TestCase("^\\\\ud83d\\\\udc09$", "\U0001F409", true)]
    [TestCase("^\\\\p{Lu}\\\\p{Ll}+$", "Đường", true)]
    [TestCase("^\\\\p{Lu}\\\\p{Ll}+$", "đường", false)]
    [TestCase("^(?=.*\\\\d)[a-z\\\\d]+$", "abc1", true)]
    [TestCase("^(?=.*\\\\d)[a-z\\\\d]+$", "abc", false)]
    [TestCase("^(?<q>['-]).*\\\\k<q>$", "'a'", true)]
    [TestCase("^(?<q>['-]).*\\\\k<q>$", "'a-", false)]
    [TestCase("(?<!a)b", "ab", false)]
    [TestCase("^(a)?\\\\1b$", "b", true, Description = "a group that took no part is the empty text")]
    [TestCase("^[\\\\w.+\\\\-]+@x$", "a-b.c@x", true)]
    public void Should_follow_ecma_262(string pattern, string text, bool matches) =>
        Assert.That(Schemas.Compile($$"""{"pattern":"{{pattern}}"}""").IsValid($"\"{text}\""), Is.EqualTo(matches));

    [TestCase("^(a+)+$")]
    [TestCase("^(a|a)*$")]
    [TestCase("^(a|aa)+$")]
    [TestCase("(.*)*x$")]
    public void Should_take_linear_time(string pattern)
    {
        var schema = Schemas.Compile($$"""{"pattern":"{{pattern}}"}""");
        var watch = Stopwatch.StartNew();
        Assert.That(schema.IsValid($"\"{new string('a', 200_000)}!\""), Is.False);
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void Should_stop_by_time_what_cannot_be_linear()
    {
        var schema = Schemas.Compile("""{"not":{"pattern":"^(?=b|(a+)+$)(a+)+\\1$"}}""");
        Assert.That(schema.Validate($"\"{new string('a', 5_000)}!\"").Single().Code, Is.EqualTo("limit.pattern-time"));
    }

    [TestCase("^a{1,100000}$")]
    [TestCase("^(?:(?:){30000}){30000}$")]
    [TestCase("^(((a{1,50}){1,50}){1,50}){1,50}$")]
    [TestCase("(a|b)*a(a|b){14}$")]
    public void Should_load_a_pattern_too_large_for_an_automaton(string pattern)
    {
        var watch = Stopwatch.StartNew();
        var schema = Schemas.Compile($$"""{"pattern":"{{pattern}}"}""");
        Assert.That(schema.IsValid("\"aaaaaaaaaaaaaaaaaaaa\""), Is.EqualTo(!pattern.Contains("(?:)", StringComparison.Ordinal)));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [TestCase("(")]
    [TestCase("a)")]
    [TestCase("[b-a]")]
    [TestCase("*a")]
    [TestCase("a{2,1}")]
    [TestCase(@"\1")]
    [TestCase(@"\k<n>")]
    [TestCase(@"\Z")]
    [TestCase(@"\a")]
    [TestCase(@"\u12")]
    [TestCase(@"\p{Nothing}")]
    [TestCase(@"[\d-z]")]
    [TestCase("(?<n>a)(?<n>b)")]
    [TestCase("(?i)a")]
    [TestCase(@"a\")]
    public void Should_refuse_what_is_no_pattern(string pattern) => Assert.That(PatternCompiler.IsPattern(pattern), Is.False);
}
