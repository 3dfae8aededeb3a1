using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Schemas;

namespace ExchangeBus.Release.Fields;

/// <summary>Reads the fields of an event type from its schemas, through references and branches.</summary>
internal sealed class FieldReading(SchemaFiles files)
{
    private const int MaxDepth = AppliedSchemas.MaxDepth;
    private const int MaxFields = 20_000;
    private const int NoClassification = int.MaxValue;

    // They describe members or items in a way that is not read here.
    private static readonly string[] Unread = ["dependentSchemas", "contains", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef"];

    private int _fields;

    /// <param name="schemas">The versions that count; a field is known when one of them knows it.</param>
    /// <exception cref="InvalidOperationException">The schemas describe more than 20,000 fields, 16 deep: one refers to itself in too many ways.</exception>
    internal FieldNode Read(IEnumerable<SchemaPart> schemas)
    {
        _fields = 0;
        return Read("", [.. schemas], _ => -1, 0);
    }

    private FieldNode Read(string pointer, SchemaPart[] schemas, Func<int?, int> classify, int depth)
    {
        if (++_fields > MaxFields) throw new InvalidOperationException($"The schemas describe more than {MaxFields} fields.");
        var applied = new AppliedSchemas(files, schemas);
        var own = applied.Parts.Select(p => p.Schema["x-classification"]).OfType<JsonNode>()
            .Select(c => (int?)Classifications.Rank(c.GetValueKind() == JsonValueKind.String ? (string)c! : "")).Max();
        var classification = classify(own);
        var deeper = depth < MaxDepth;
        var named = deeper ? applied.Fields.Select(f => (f.Key, Field: Read($"{pointer}/{FieldPointer.Escape(f.Key)}", [.. f], OfField, depth + 1))).ToArray() : [];
        return new FieldNode
        {
            Pointer = pointer,
            Kinds = ValueKindReading.Of(files, schemas),
            Classification = classification,
            Named = named,
            Others = Inner(applied.Others),
            Items = Inner(applied.Items),
            IsOpaque = deeper && applied.IsComplete && !applied.Parts.Any(IsRead),
        };

        // A field must say what it is; an item is what its list is, unless it says something stricter.
        int OfField(int? its) => Math.Max(classification, its ?? NoClassification);
        int OfItem(int? its) => Math.Max(classification, its ?? classification);
        FieldNode? Inner(IEnumerable<SchemaPart> parts) =>
            deeper && parts.ToArray() is { Length: > 0 } inner ? Read($"{pointer}/{FieldPointer.Any}", inner, OfItem, depth + 1) : null;
    }

    // Closed, or described inside.
    private static bool IsRead(SchemaPart part) =>
        Says(part.Schema["additionalProperties"]) || Says(part.Schema["items"]) || part.Schema["prefixItems"] is not null
        || part.Schema["properties"] is JsonObject { Count: > 0 } || part.Schema["patternProperties"] is JsonObject { Count: > 0 }
        || Array.Exists(Unread, part.Schema.ContainsKey);

    // All but true, which says nothing.
    private static bool Says(JsonNode? schema) => schema is not null && schema.GetValueKind() != JsonValueKind.True;
}
