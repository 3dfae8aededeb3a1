using System.Globalization;
using System.Text;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// Builds values that the facts allow, to serve as examples. It need not find one where there is one, and each one it gives has
/// been checked against the facts.
/// </summary>
internal sealed partial class Sampler(Comparison comparison)
{
    private const int Deepest = 8;
    private const int Enough = 12;
    private const int States = 5_000;

    private static readonly string[] Formatted =
    [
        "2026-01-31", "08:30:00Z", "2026-01-31T08:30:00Z", "P1D", "a@example.org", "example.org", "192.0.2.1", "2001:db8::1", "https://example.org/a", "a",
        "/a", "0/a", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "",
    ];

    private readonly Dictionary<string, IReadOnlyList<string>> _known = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Of(Facts facts, int depth = 0)
    {
        if (depth > Deepest || facts.IsFalse || facts.Kinds == 0 || !comparison.Try()) return [];
        var key = $"{Math.Min(depth, 2)} {facts.Key}";
        if (_known.TryGetValue(key, out var known)) return known;
        _known[key] = []; // A value that would need itself has no example.
        var found = Candidates(facts, depth).Where(json => comparison.Try() && facts.IsValid(json)).Distinct(StringComparer.Ordinal).Take(Enough).ToList();
        if (found.Count == 0) _known.Remove(key);
        else _known[key] = found;
        return found;
    }

    public static IEnumerable<string> Numbers(Facts facts, string near)
    {
        var limits = facts.Parts.SelectMany(part => Limits.Select(part.Number)).OfType<byte[]>().Select(Encoding.UTF8.GetString).Append(near).Append("0");
        foreach (var text in limits.Distinct(StringComparer.Ordinal))
        {
            yield return text;
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > 1_000_000_000_000_000m) continue;
            foreach (var step in (decimal[])[1, -1, 0.5m, -0.5m, number, -number * 2, number / 2])
                yield return (number + step).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static readonly string[] Limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

    private IEnumerable<string> Candidates(Facts facts, int depth)
    {
        if (facts.Values() is { } values) return values;
        if (facts.Split() is { } branches) return RoundRobin([.. branches.Take(8).Select(branch => Of(branch, depth + 1))]).Concat(Simple(facts, depth));
        return Simple(facts, depth);
    }

    private static IEnumerable<string> RoundRobin(List<IReadOnlyList<string>> lists) =>
        Enumerable.Range(0, lists.Count == 0 ? 0 : lists.Max(list => list.Count)).SelectMany(index => lists.Where(list => index < list.Count).Select(list => list[index]));

    private IEnumerable<string> Simple(Facts facts, int depth)
    {
        List<IReadOnlyList<string>> kinds = [];
        if (facts.Allows(Kinds.Object)) kinds.Add([.. Objects(facts.Only(Kinds.Object), depth).Take(6)]);
        if (facts.Allows(Kinds.Array)) kinds.Add([.. Arrays(facts.Only(Kinds.Array), depth).Take(6)]);
        if (facts.Allows(Kinds.String)) kinds.Add([.. Texts(facts).Take(24)]);
        if (facts.Allows(Kinds.Number)) kinds.Add([.. Numbers(facts, "1")]);
        if (facts.Allows(Kinds.Boolean)) kinds.Add(["true", "false"]);
        if (facts.Allows(Kinds.Null)) kinds.Add(["null"]);
        return RoundRobin(kinds);
    }

    private IEnumerable<string> Texts(Facts facts)
    {
        var inside = facts.Parts.Select(part => part.Text("pattern") is { } pattern ? comparison.AutomatonOf(pattern, part.Side.Options) : null).OfType<Automaton>().ToList();
        var found = new List<string>();
        if (inside.Count > 0 || facts.MinLength > 0)
        {
            var shortest = Math.Min(facts.MinLength, TextSearch.LongestCounted);
            var left = comparison.PatternStates;
            comparison.PatternStates = Math.Min(left, States);
            new TextSearch(inside, [], (int)shortest + 1).Walk(long.MaxValue, comparison, (text, _, length) =>
            {
                if (length >= shortest) found.Add(text());
                return found.Count >= 6;
            });
            comparison.PatternStates = left - (Math.Min(left, States) - comparison.PatternStates);
        }

        if (facts.Parts.Any(part => part.Has("format"))) return found.Concat(Formatted).Select(JsonText.Quote);
        return found.Concat(["a", "", "0", new string('a', (int)Math.Min(facts.MinLength + 1, 300))]).Select(JsonText.Quote);
    }
}
