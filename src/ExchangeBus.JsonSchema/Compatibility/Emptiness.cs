using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Numbers;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Proves that no value can hold. False means that it was not proved.</summary>
internal sealed class Emptiness(Comparison comparison)
{
    private const int Deepest = 6;

    private static readonly int[] Each = [Kinds.Null, Kinds.Boolean, Kinds.Number, Kinds.String, Kinds.Array, Kinds.Object];

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public bool IsEmpty(Facts facts, int depth = 0)
    {
        if (facts.IsFalse || facts.Kinds == 0) return true;
        if (facts.Values() is { } values) return values.Count == 0;
        if (depth > Deepest || !comparison.Step()) return false;
        if (_known.TryGetValue(facts.Key, out var known)) return known;
        // Found empty at a shallower depth it is empty at any; what was not proved may only be remembered from the top.
        var isEmpty = IsContradicted(facts, depth) || (facts.Split() is { } branches && branches.All(branch => IsEmpty(branch, depth + 1)));
        if (isEmpty || depth == 0) _known[facts.Key] = isEmpty;
        return isEmpty;
    }

    private bool IsContradicted(Facts facts, int depth) =>
        Array.TrueForAll(Each, kind => !facts.Allows(kind) || IsContradicted(facts, kind, depth));

    private bool IsContradicted(Facts facts, int kind, int depth) => kind switch
    {
        Kinds.Null or Kinds.Boolean => facts.Only(kind).Values() is { Count: 0 },
        Kinds.Number => BoundsCross(facts),
        Kinds.String => facts.MinLength > facts.MaxLength || HasNoText(facts),
        Kinds.Array => facts.MinItems > facts.MaxItems || (facts.MinItems > 0 && IsEmpty(facts.Item(0), depth + 1)),
        _ => facts.MinProperties > facts.MaxProperties
            || facts.Required.Any(name => !facts.AllowsName(name) || IsEmpty(facts.Child(name, comparison), depth + 1)),
    };

    private static bool BoundsCross(Facts facts)
    {
        if (facts.Bound("minimum", "exclusiveMinimum", 1) is not { } lower || facts.Bound("maximum", "exclusiveMaximum", -1) is not { } upper) return false;
        var order = new DecimalText(lower.Limit).CompareTo(new DecimalText(upper.Limit));
        return order > 0 || (order == 0 && (lower.IsOut || upper.IsOut));
    }

    private bool HasNoText(Facts facts)
    {
        var inside = facts.Parts.Select(part => part.Text("pattern") is { } pattern ? comparison.AutomatonOf(pattern, part.Side.Options) : null).OfType<Patterns.Automaton>().ToList();
        if (inside.Count < 2) return false;
        var exists = false;
        return new TextSearch(inside, [], 0).Walk(long.MaxValue, comparison, (_, _, _) => exists = true) && !exists;
    }
}
