using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// Proves that every value known by some facts holds under a schema. The schema is taken apart into its demands, and each must
/// follow from the facts; where one does not, the facts are divided by their alternatives and each case is proved by itself.
/// A question met again inside itself is about a smaller value, so it may be taken as proved: a value that breaks it
/// would contain a smaller one that does.
/// </summary>
internal sealed partial class Prover
{
    private const int KeptExamples = 3;

    private static readonly int[] EachKind = [Kinds.Null, Kinds.Boolean, Kinds.Number, Kinds.String, Kinds.Array, Kinds.Object];

    private readonly Comparison _comparison;
    private readonly StructuralEquality _equality;
    private readonly Emptiness _emptiness;
    private readonly Sampler _sampler;
    private readonly HashSet<(string, int)> _proved = [];
    private readonly Dictionary<(string, int), int> _underWay = [];
    private int _assumed = int.MaxValue;
    private int _level;

    public Prover(Comparison comparison)
    {
        _comparison = comparison;
        _equality = new StructuralEquality(comparison);
        _emptiness = new Emptiness(comparison);
        _sampler = new Sampler(comparison);
    }

    /// <summary>Empty when it is proved; else what stands in the way.</summary>
    public List<Failure> Prove(Facts facts, SchemaAt wide)
    {
        if (!_comparison.Step()) return [Failure.Undecided("", facts.LocationOf(""), wide.Location, FindingWording.TooMuch)];
        if (_level > _comparison.MaxDepth) return [Failure.Undecided("", facts.LocationOf(""), wide.Location, FindingWording.TooDeep)];
        if (wide.Boolean is true || facts.IsFalse || facts.Kinds == 0) return [];
        var question = (facts.Key, wide.Id);
        if (_proved.Contains(question)) return [];
        if (_underWay.TryGetValue(question, out var asked))
        {
            _assumed = Math.Min(_assumed, asked);
            return [];
        }

        if (facts.Parts.Any(part => _equality.Same(part, wide))) return [];

        var (number, outer) = (_underWay.Count, _assumed);
        _assumed = int.MaxValue;
        _underWay[question] = number;
        var failures = Decide(facts, wide);
        _underWay.Remove(question);

        // What leans on a question further out is only proved once that one is.
        if (failures.Count == 0 && _assumed >= number) _proved.Add(question);
        _assumed = Math.Min(outer, _assumed >= number ? int.MaxValue : _assumed);
        return failures.Count == 0 ? failures : [.. failures.Select(failure => WithExamples(failure, facts, wide))];
    }

    private List<Failure> Decide(Facts facts, SchemaAt wide)
    {
        // Where nothing at all is allowed, that is the reason, however few values are meant.
        if (facts.Values() is { } values && (wide.Boolean is not false || values.Count == 0)) return OfValues(values, facts, wide);
        if (_emptiness.IsEmpty(facts)) return [];
        if (wide.Boolean is false) return [Fails("false", facts, wide, Phrases.False, wide.Location)];
        var failures = Demands(facts, wide);
        if (failures.Count == 0) return failures;
        if (facts.Split() is { } branches) return Cases(branches, wide, failures);
        var kinds = EachKind.Where(kind => facts.Allows(kind)).ToList();
        return kinds.Count > 1 && (wide.Has("anyOf") || wide.Has("oneOf") || wide.Reference is not null)
            ? Cases([.. kinds.Select(facts.Only)], wide, failures)
            : failures;
    }

    /// <summary>Each case by itself. The whole is proved if all are; else the cases that are not say it better.</summary>
    private List<Failure> Cases(IReadOnlyList<Facts> cases, SchemaAt wide, List<Failure> whole)
    {
        var open = new List<Failure>();
        foreach (var one in cases) open.AddRange(Prove(one, wide));
        return open.Count == 0 || open.Any(failure => failure.Examples.Count > 0) ? open : whole;
    }

    private List<Failure> Demands(Facts facts, SchemaAt wide)
    {
        var failures = new List<Failure>();
        Types(facts, wide, failures);
        Numbers(facts, wide, failures);
        Texts(facts, wide, failures);
        Objects(facts, wide, failures);
        Arrays(facts, wide, failures);
        Logic(facts, wide, failures);
        return failures;
    }

    private static List<Failure> OfValues(IReadOnlyList<string> values, Facts facts, SchemaAt wide)
    {
        var refused = values.Where(value => !wide.IsValid(value)).ToList();
        if (refused.Count == 0) return [];
        var reason = wide.Validate(refused[0]) is [var first, ..] ? first : null;
        var keyword = reason?.Keyword is { Length: > 0 } named ? named : "enum";
        return
        [
            new Failure(keyword, facts.LocationOf(facts.Parts.Any(part => part.Has("const")) ? "const" : "enum"), reason?.SchemaLocation ?? wide.Location, [],
                new Phrase($"giá trị {string.Join(", ", refused.Take(KeptExamples))}", $"the value {string.Join(", ", refused.Take(KeptExamples))}"), false, refused),
        ];
    }

    private void Types(Facts facts, SchemaAt wide, List<Failure> failures)
    {
        if (wide.Types is { } types)
        {
            var more = EachKind.Where(kind => facts.Allows(kind) && (kind & types.Kinds) == 0 && !_emptiness.IsEmpty(facts.Only(kind))).ToList();
            var phrase = Phrases.Type(wide.TypeNames!);
            if (more.Count > 0) failures.Add(Fails("type", facts, wide, phrase, null, more.SelectMany(kind => _sampler.Of(facts.Only(kind)))));
            else if (types.IsInteger && facts.Allows(Kinds.Number) && !facts.IsInteger && !IsMultipleOf(facts, "1"u8))
                failures.Add(Fails("type", facts, wide, phrase, null, _sampler.Of(facts.Only(Kinds.Number))));
        }

        foreach (var keyword in (ReadOnlySpan<string>)["const", "enum"])
        {
            if (wide.Find(keyword) is not { } value) continue;
            int[] values = keyword == "const" ? [value] : [.. wide.Source.Items(value, keyword)];
            failures.Add(Fails(keyword, facts, wide, Phrases.Enumeration(wide.Tape, values)));
        }
    }

    private Failure WithExamples(Failure failure, Facts facts, SchemaAt wide)
    {
        if (failure.IsUndecided) return failure;
        var examples = Refused(failure.Examples, facts, wide);
        if (examples.Count == 0)
            examples = [.. Refused(_sampler.Of(facts), facts, wide).Where(json => wide.Validate(json).Any(violation => violation.SchemaLocation == failure.Wide))];
        return failure with { Examples = examples };
    }

    private List<string> Refused(IEnumerable<string> candidates, Facts facts, SchemaAt wide) =>
        [.. candidates.Take(64).Where(json => _comparison.Try() && facts.IsValid(json) && !wide.IsValid(json)).Take(KeptExamples)];

    private static Failure Fails(
        string keyword, Facts facts, SchemaAt wide, Phrase phrase, string? location = null, IEnumerable<string>? examples = null) =>
        new(keyword, facts.LocationOf(keyword), location ?? wide.LocationOf(keyword), [], phrase, false, examples is null ? [] : [.. examples.Take(64)]);

    private static Failure Undecided(string keyword, Facts facts, SchemaAt wide) =>
        Failure.Undecided(keyword, facts.LocationOf(keyword), wide.LocationOf(keyword), FindingWording.Keyword(keyword));

    private List<Failure> Inside(Facts facts, SchemaAt wide)
    {
        _level++;
        var failures = Prove(facts, wide);
        _level--;
        return failures;
    }

    private bool IsSame(Facts facts, SchemaAt wide, params string[] keywords) => facts.Parts.Any(part => _equality.SameIn(part, wide, keywords));
}
