using ExchangeBus.JsonSchema.Numbers;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>What follows for numbers, texts, properties and items.</summary>
internal sealed partial class Facts
{
    /// <summary>An empty place: nothing is known.</summary>
    public static Facts Nothing { get; } = Of([]);

    public long MinLength => Most("minLength");

    public long MaxLength => Least("maxLength");

    public long MinItems => Most("minItems");

    public long MaxItems => Math.Min(Least("maxItems"), Parts.Where(part => part.Rest?.Boolean is false).Min(part => (long?)part.List("prefixItems").Count) ?? long.MaxValue);

    public long MinProperties => Math.Max(Most("minProperties"), Required.Count);

    public long MaxProperties => Math.Min(Least("maxProperties"), ClosedNames?.Count ?? long.MaxValue);

    public IReadOnlyList<string> Patterns => [.. Parts.Select(part => part.Text("pattern")).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>All names there can be, where unknown ones are refused; null where they are not.</summary>
    public IReadOnlySet<string>? ClosedNames =>
        Parts.FirstOrDefault(part => part.Additional?.Boolean is false && part.Map("patternProperties").Count == 0) is { } closed
            ? closed.Map("properties").Keys.ToHashSet(StringComparer.Ordinal)
            : null;

    public IEnumerable<string> Names => Parts.SelectMany(part => part.Map("properties").Keys).Concat(Required).Distinct(StringComparer.Ordinal);

    /// <summary>The strictest limit of a side, with whether the limit itself is out.</summary>
    public (byte[] Limit, bool IsOut)? Bound(string inclusive, string exclusive, int sign)
    {
        (byte[] Limit, bool IsOut)? strictest = null;
        foreach (var part in Parts)
        {
            foreach (var (limit, isOut) in (ReadOnlySpan<(byte[]?, bool)>)[(part.Number(inclusive), false), (part.Number(exclusive), true)])
            {
                if (limit is null) continue;
                var order = strictest is null ? 1 : sign * new DecimalText(limit).CompareTo(new DecimalText(strictest.Value.Limit));
                if (order > 0 || (order == 0 && isOut)) strictest = (limit, isOut);
            }
        }

        return strictest;
    }

    /// <summary>What a property of this name is known to hold. A pattern that is no automaton tells nothing, and neither do the other names of its part.</summary>
    public Facts Child(string name, Comparison comparison)
    {
        var known = new List<SchemaAt>();
        foreach (var part in Parts)
        {
            var isEvaluated = part.Map("properties").TryGetValue(name, out var named);
            if (named is not null) known.Add(named);
            foreach (var (pattern, schema) in part.Map("patternProperties"))
            {
                var automaton = comparison.AutomatonOf(pattern, part.Side.Options);
                isEvaluated |= automaton is null;
                if (automaton?.IsMatch(System.Text.Encoding.UTF8.GetBytes(name)) is not true) continue;
                isEvaluated = true;
                known.Add(schema);
            }

            if (!isEvaluated && part.Additional is { } additional) known.Add(additional);
        }

        return Of(known);
    }

    /// <summary>Whether <c>propertyNames</c> lets a property have this name.</summary>
    public bool AllowsName(string name) =>
        Parts.All(part => part.Single("propertyNames")?.IsValid(JsonText.Quote(name)) ?? true);

    /// <summary>What is known of all property names.</summary>
    public Facts PropertyNames => Of([.. Parts.Select(part => part.Single("propertyNames")).OfType<SchemaAt>()]).Only(Keywords.Kinds.String);

    public Facts Item(int index) => Of([.. Parts.Select(part =>
        index < part.List("prefixItems").Count ? part.List("prefixItems")[index] : part.Rest).OfType<SchemaAt>()]);

    private long Most(string keyword) => Parts.Max(part => part.Count(keyword)) ?? 0;

    private long Least(string keyword) => Parts.Min(part => part.Count(keyword)) ?? long.MaxValue;
}
