using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Release.Fields;

/// <summary>What kind of JSON value a schema lets stand somewhere.</summary>
[Flags]
internal enum ValueKinds : byte
{
    None = 0,
    Scalar = 1,
    Object = 2,
    Array = 4,
    Any = Scalar | Object | Array,
}

internal static class ValueKindReading
{
    /// <summary>The kinds that at least one of the schemas lets stand. Only what holds in any case narrows them: no branch does.</summary>
    internal static ValueKinds Of(SchemaFiles files, IEnumerable<SchemaPart> schemas) =>
        schemas.Aggregate(ValueKinds.None, (kinds, schema) => kinds | Of(files, schema, 0));

    private static ValueKinds Of(SchemaFiles files, SchemaPart part, int depth)
    {
        if (depth > AppliedSchemas.MaxDepth) return ValueKinds.Any;
        var kinds = Types(part.Schema["type"]) & Values(part.Schema["enum"] as JsonArray);
        if (part.Schema.ContainsKey("const")) kinds &= Value(part.Schema["const"]);
        if ((string?)part.Schema["$ref"] is { } reference && files.Follow(reference, part.File) is { } target) kinds &= Of(files, target, depth + 1);
        foreach (var member in AppliedSchemas.Subschemas(part, "allOf")) kinds &= Of(files, member, depth + 1);
        return kinds;
    }

    private static ValueKinds Types(JsonNode? type) => type switch
    {
        JsonValue name => Type((string?)name),
        JsonArray names => names.Aggregate(ValueKinds.None, (kinds, name) => kinds | Type((string?)name)),
        _ => ValueKinds.Any,
    };

    private static ValueKinds Type(string? name) => name switch
    {
        "object" => ValueKinds.Object,
        "array" => ValueKinds.Array,
        _ => ValueKinds.Scalar,
    };

    private static ValueKinds Values(JsonArray? values) =>
        values?.Aggregate(ValueKinds.None, (kinds, value) => kinds | Value(value)) ?? ValueKinds.Any;

    private static ValueKinds Value(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => ValueKinds.Object,
        JsonValueKind.Array => ValueKinds.Array,
        _ => ValueKinds.Scalar,
    };
}
