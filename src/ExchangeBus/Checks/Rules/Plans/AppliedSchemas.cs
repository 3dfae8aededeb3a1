using System.Text.Json.Nodes;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>
/// All schemas that have a say about one value: the given ones, what they refer to, and what lies behind <c>allOf</c>, <c>anyOf</c>, <c>oneOf</c>,
/// <c>if</c>, <c>then</c> and <c>else</c>. Which branch holds is the validator's matter.
/// </summary>
internal sealed class AppliedSchemas
{
    /// <summary>How deep schemas are followed, so that one that refers to itself ends.</summary>
    internal const int MaxDepth = 16;

    private static readonly string[] Branches = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Alternatives = ["if", "then", "else"];
    private readonly SchemaFiles _files;
    private readonly List<SchemaPart> _parts = [];
    private readonly List<string> _definitions = [];

    internal AppliedSchemas(SchemaFiles files, IEnumerable<SchemaPart> schemas)
    {
        _files = files;
        foreach (var schema in schemas)
            Unfold(schema, 0);
    }

    internal IReadOnlyList<SchemaPart> Parts => _parts;

    /// <summary>Names of the shared definitions among them.</summary>
    internal IReadOnlyList<string> Definitions => _definitions;

    /// <summary>False when a reference led nowhere that can be followed.</summary>
    internal bool IsComplete { get; private set; } = true;

    /// <summary>The named fields of an object, each with what describes it.</summary>
    internal IEnumerable<IGrouping<string, SchemaPart>> Fields =>
        from part in _parts
        from named in part.Schema["properties"] as JsonObject ?? []
        where named.Value is JsonObject
        group part with { Schema = (JsonObject)named.Value! } by named.Key;

    /// <summary>What describes the items of an array.</summary>
    internal IEnumerable<SchemaPart> Items => _parts.SelectMany(p => Subschemas(p, "items", "prefixItems"));

    /// <summary>What describes fields that have no name in the schema.</summary>
    internal IEnumerable<SchemaPart> Others => _parts.SelectMany(p => Subschemas(p, "additionalProperties")
        .Concat((p.Schema["patternProperties"] as JsonObject ?? []).Select(f => f.Value).OfType<JsonObject>().Select(schema => p with { Schema = schema })));

    internal static IEnumerable<SchemaPart> Subschemas(SchemaPart part, params string[] keywords) => keywords
        .SelectMany(keyword => part.Schema[keyword] is JsonArray list ? list.AsEnumerable() : [part.Schema[keyword]])
        .OfType<JsonObject>().Select(schema => part with { Schema = schema });

    private void Unfold(SchemaPart part, int depth)
    {
        if (depth > MaxDepth)
            return;
        _parts.Add(part);
        if ((string?)part.Schema["$ref"] is { } reference)
        {
            if (SchemaFiles.DefinitionOf(reference, part.File) is { } definition)
                _definitions.Add(definition);
            if (_files.Follow(reference, part.File) is { } target)
                Unfold(target, depth + 1);
            else
                IsComplete = false;
        }

        foreach (var branch in Subschemas(part, Branches).Concat(Subschemas(part, Alternatives)))
            Unfold(branch, depth + 1);
    }
}
