using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Schemas;

/// <summary>A field of an event's body, found by walking its schema through references, branches and items.</summary>
/// <param name="Pointer">Place in the body; an item of a list is <c>-</c>, a field of any name <c>*</c>.</param>
/// <param name="Classification">The field's own, or that of the definition it refers to; an item has that of its list.</param>
/// <param name="Qcvn109">Path in QCVN 109:2017, or null where it has no place.</param>
/// <param name="IsLeaf">Whether it may hold something else than an object or a list.</param>
internal sealed record SchemaField(string Pointer, JsonObject Schema, string File, string? Classification, string? Qcvn109, bool IsLeaf)
{
    private static readonly string[] Branches = ["then", "else", "$ref"];
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];

    public static IEnumerable<SchemaField> Of(string folder) => Within(SchemaFolder.Parse(SchemaFolder.SchemaFile(folder)).AsObject(), SchemaFolder.SchemaFile(folder));

    public static IEnumerable<SchemaField> Within(JsonObject schema, string file) => Inner(schema, file, "", null, null);

    /// <summary>The schema and all that apply to the same value: what it refers to, and its branches. A condition (<c>if</c>) is none of them.</summary>
    public static IEnumerable<(JsonObject Schema, string File)> Applied(JsonObject schema, string file)
    {
        yield return (schema, file);
        var inPlace = Branches.Where(schema.ContainsKey).Select(key => key == "$ref" ? SchemaFolder.FollowOnce(schema, file) : (schema[key]!.AsObject(), file))
            .Concat(Lists.Where(schema.ContainsKey).SelectMany(key => schema[key]!.AsArray()).Select(branch => (branch!.AsObject(), file)));
        foreach (var (branch, place) in inPlace)
        {
            foreach (var applied in Applied(branch, place))
                yield return applied;
        }
    }

    /// <summary>Whether the field may say that it is unknown, or that there is none.</summary>
    public bool MayBeStated => Applied(Schema, File).Any(applied => ((string?)applied.Schema["then"]?["$ref"])?.EndsWith("#/$defs/fieldState", StringComparison.Ordinal) == true);

    private static IEnumerable<SchemaField> Inner(JsonObject schema, string file, string pointer, string? listClassification, string? path)
    {
        foreach (var (applied, place) in Applied(schema, file))
        {
            foreach (var (name, field) in applied["properties"]?.AsObject() ?? [])
            {
                foreach (var found in Enter(field!.AsObject(), place, $"{pointer}/{name}", null, path))
                    yield return found;
            }

            foreach (var (key, step) in new[] { ("items", "-"), ("additionalProperties", "*") })
            {
                if (applied[key] is not JsonObject item)
                    continue;
                foreach (var found in Enter(item, place, $"{pointer}/{step}", listClassification, path, isItem: true))
                    yield return found;
            }
        }
    }

    private static IEnumerable<SchemaField> Enter(JsonObject schema, string file, string pointer, string? listClassification, string? above, bool isItem = false)
    {
        var applied = Applied(schema, file).ToList();
        var classification = applied.Select(node => (string?)node.Schema["x-classification"]).FirstOrDefault(value => value is not null) ?? listClassification;
        var path = isItem ? above : PathOf((string?)schema["x-qcvn109"], above);
        var isLeaf = applied.Any(node => node.Schema["enum"] is not null || (string?)node.Schema["type"] is not (null or "object" or "array"));
        return Inner(schema, file, pointer, classification, path).Prepend(new(pointer, schema, file, classification, path, isLeaf));
    }

    private static string? PathOf(string? own, string? above) =>
        own is null || own.StartsWith("CongDan", StringComparison.Ordinal) || own.StartsWith('@') ? own
        : above is null ? null
        : $"{above}/{own}";
}
