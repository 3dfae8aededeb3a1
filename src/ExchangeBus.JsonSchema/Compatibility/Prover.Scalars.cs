using System.Text;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Loading;
using ExchangeBus.JsonSchema.Numbers;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Numbers and texts.</summary>
internal sealed partial class Prover
{
    private static readonly (string Keyword, string Inclusive, string Exclusive, int Sign)[] Bounds =
    [
        ("minimum", "minimum", "exclusiveMinimum", 1), ("exclusiveMinimum", "minimum", "exclusiveMinimum", 1),
        ("maximum", "maximum", "exclusiveMaximum", -1), ("exclusiveMaximum", "maximum", "exclusiveMaximum", -1),
    ];

    private static void Numbers(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (!facts.Allows(Kinds.Number)) return;
        foreach (var (keyword, inclusive, exclusive, sign) in Bounds)
        {
            if (wide.Number(keyword) is not { } limit) continue;
            var known = facts.Bound(inclusive, exclusive, sign);
            var order = known is null ? -1 : sign * new DecimalText(known.Value.Limit).CompareTo(new DecimalText(limit));
            if (order > 0 || (order == 0 && (known!.Value.IsOut || keyword == inclusive))) continue;
            var text = Encoding.UTF8.GetString(limit);
            failures.Add(Fails(keyword, facts, wide, Phrases.Limit(keyword, text), null, Sampler.Numbers(facts, text)));
        }

        if (wide.Number("multipleOf") is { } divisor && !IsMultipleOf(facts, divisor))
        {
            var text = Encoding.UTF8.GetString(divisor);
            failures.Add(Fails("multipleOf", facts, wide, Phrases.MultipleOf(text), null, Sampler.Numbers(facts, text)));
        }
    }

    private static bool IsMultipleOf(Facts facts, ReadOnlySpan<byte> divisor)
    {
        var wanted = new Divisor(divisor);
        if (facts.IsInteger && wanted.Divides(new DecimalText("1"u8))) return true;
        foreach (var part in facts.Parts)
        {
            if (part.Number("multipleOf") is { } known && wanted.Divides(new DecimalText(known))) return true;
        }

        return false;
    }

    private void Texts(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (!facts.Allows(Kinds.String)) return;
        if (wide.Count("minLength") is { } minimum && facts.MinLength < minimum)
            Lengths("minLength", minimum, facts, wide, failures);
        if (wide.Count("maxLength") is { } maximum && facts.MaxLength > maximum)
            Lengths("maxLength", maximum, facts, wide, failures);
        if (wide.Text("pattern") is { } pattern && !facts.Patterns.Contains(pattern))
            Pattern(pattern, facts, wide, failures);
        if (wide.Text("format") is { } format && wide.AssertsFormats && !facts.Parts.Any(part => part.AssertsFormats && part.Text("format") == format))
            failures.Add(Fails("format", facts, wide, Phrases.Format(format), null, _sampler.Of(facts.Only(Kinds.String))));
    }

    private void Lengths(string keyword, long limit, Facts facts, SchemaAt wide, List<Failure> failures)
    {
        var phrase = Phrases.Limit(keyword, $"{limit}");
        var examples = Texts(facts, [], keyword == "minLength" ? limit : limit + 1, (_, length) => keyword == "minLength" ? length < limit : length > limit, out var isProved);
        if (!isProved) failures.Add(Fails(keyword, facts, wide, phrase, null, examples));
    }

    private void Pattern(string pattern, Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (_comparison.AutomatonOf(pattern, wide.Side.Options) is not { } automaton)
        {
            failures.Add(Failure.Undecided("pattern", facts.LocationOf("pattern"), wide.LocationOf("pattern"), FindingWording.Pattern));
            return;
        }

        var examples = Texts(facts, [automaton], 0, (matches, _) => !matches[0], out var isProved);
        if (!isProved) failures.Add(Fails("pattern", facts, wide, Phrases.Pattern(pattern), null, examples));
    }

    /// <summary>Texts that the facts allow and that are wanted; none, and proved, when the search has seen all there are.</summary>
    private List<string> Texts(Facts facts, Automaton[] beside, long longest, Func<bool[], int, bool> wanted, out bool isProved)
    {
        var (shortest, limit) = (facts.MinLength, facts.MaxLength);
        // Bounds that are too long to be counted are left out: more texts are then looked at than there are.
        var (minimum, maximum) = (shortest <= TextSearch.LongestCounted ? shortest : 0, limit < TextSearch.LongestCounted ? limit : long.MaxValue);
        var found = new List<string>();
        isProved = false;
        if (longest > TextSearch.LongestCounted) return found;
        var cap = Math.Max(longest + 1, Math.Max(minimum, maximum == long.MaxValue ? 0 : maximum + 1));
        if (cap == 1 && longest == 0 && minimum == 0 && maximum == long.MaxValue) cap = 0;
        var inside = facts.Parts.Select(part => part.Text("pattern") is { } text ? _comparison.AutomatonOf(text, part.Side.Options) : null).OfType<Automaton>();
        var hasEnded = new TextSearch(inside, beside, (int)cap).Walk(maximum, _comparison, (text, matches, length) =>
        {
            if (length >= minimum && length <= maximum && wanted(matches, length)) found.Add(JsonText.Quote(text()));
            return found.Count > 2 * KeptExamples;
        });
        isProved = hasEnded && found.Count == 0;
        return found;
    }
}
