using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// Whether two schemas say the same, keyword by keyword, wherever their parts stand; annotations aside. Whatever is the same needs no proof.
/// References may lead in circles: a pair met again on the way is taken as equal, and stays so only if nothing else differs.
/// </summary>
internal sealed class StructuralEquality(Comparison comparison)
{
    private static readonly HashSet<string> Single =
    [
        "additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
    ];

    private static readonly HashSet<string> Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    private static readonly HashSet<string> Maps = ["properties", "patternProperties", "dependentSchemas"];

    private static readonly HashSet<string> Silent =
    [
        "$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions", "title", "description", "default", "deprecated",
        "readOnly", "writeOnly", "examples", "contentEncoding", "contentMediaType", "contentSchema",
    ];

    private readonly HashSet<(int, int)> _same = [];
    private readonly HashSet<(int, int)> _different = [];

    public bool Same(SchemaAt left, SchemaAt right)
    {
        if (left.Id == right.Id) return true;
        if (_different.Contains((left.Id, right.Id))) return false;
        var assumed = new HashSet<(int, int)>();
        if (!Same(left, right, assumed)) return false;
        _same.UnionWith(assumed);
        return true;
    }

    /// <summary>Whether two schemas agree in these keywords.</summary>
    public bool SameIn(SchemaAt left, SchemaAt right, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (!SameKeyword(left, right, keyword, [])) return false;
        }

        return true;
    }

    private bool Same(SchemaAt left, SchemaAt right, HashSet<(int, int)> assumed)
    {
        var pair = (left.Id, right.Id);
        if (left.Id == right.Id || _same.Contains(pair) || !assumed.Add(pair)) return true;
        if (_different.Contains(pair) || !comparison.Step()) return false;
        var isSame = left.Boolean is not null || right.Boolean is not null
            ? left.Boolean == right.Boolean
            : left.Keywords.Union(right.Keywords, StringComparer.Ordinal).All(keyword => Silent.Contains(keyword) || SameKeyword(left, right, keyword, assumed));
        // What differs although others were taken as equal differs in any case.
        if (!isSame) _different.Add(pair);
        return isSame;
    }

    private bool SameKeyword(SchemaAt left, SchemaAt right, string keyword, HashSet<(int, int)> assumed)
    {
        if (keyword == "format" && !left.AssertsFormats && !right.AssertsFormats) return true;
        if (left.Find(keyword) is not { } mine || right.Find(keyword) is not { } other) return left.Has(keyword) == right.Has(keyword);
        if (keyword == "format" && left.AssertsFormats != right.AssertsFormats) return false;
        if (Single.Contains(keyword)) return Same(left.Single(keyword)!, right.Single(keyword)!, assumed);
        if (Lists.Contains(keyword))
        {
            var (list, others) = (left.List(keyword), right.List(keyword));
            return list.Count == others.Count && list.Zip(others).All(pair => Same(pair.First, pair.Second, assumed));
        }

        if (Maps.Contains(keyword))
        {
            var (map, others) = (left.Map(keyword), right.Map(keyword));
            return map.Count == others.Count && map.All(pair => others.TryGetValue(pair.Key, out var schema) && Same(pair.Value, schema, assumed));
        }

        return keyword switch
        {
            "$ref" => Same(left.Reference!, right.Reference!, assumed),
            "$dynamicRef" or "dependencies" => false,
            "required" => left.Required.SetEquals(right.Required),
            "type" => left.TypeNames!.ToHashSet(StringComparer.Ordinal).SetEquals(right.TypeNames!),
            _ => JsonEquality.Equal(left.Tape, mine, right.Tape, other),
        };
    }
}
