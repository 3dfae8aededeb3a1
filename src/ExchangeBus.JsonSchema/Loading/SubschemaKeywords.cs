using System.Text;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>
/// Where a schema object holds other schemas. Identifiers are looked for only there: an <c>$id</c> inside an
/// <c>enum</c> or an unknown keyword is data.
/// </summary>
internal static class SubschemaKeywords
{
    private static readonly HashSet<string> Single =
    [
        "additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties", "contentSchema",
    ];

    private static readonly HashSet<string> Lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    // "definitions" and "dependencies" are of earlier drafts; the 2020-12 metaschema still knows them.
    private static readonly HashSet<string> Maps =
        ["properties", "patternProperties", "$defs", "dependentSchemas", "definitions", "dependencies"];

    public static IEnumerable<(int Token, string Pointer)> In(JsonTape tape, int schema)
    {
        if (tape.Tokens[schema].Kind != JsonKind.Object) yield break;
        for (var name = schema + 1; name < tape.Tokens[schema].Next; name = tape.Tokens[name + 1].Next)
        {
            var keyword = Encoding.UTF8.GetString(tape.Text(name));
            var value = name + 1;
            var kind = tape.Tokens[value].Kind;
            if (Single.Contains(keyword) && IsSchema(kind)) yield return (value, "/" + keyword);
            else if (Lists.Contains(keyword) && kind == JsonKind.Array)
            {
                var index = 0;
                for (var item = value + 1; item < tape.Tokens[value].Next; item = tape.Tokens[item].Next, index++)
                {
                    if (IsSchema(tape.Tokens[item].Kind)) yield return (item, $"/{keyword}/{index}");
                }
            }
            else if (Maps.Contains(keyword) && kind == JsonKind.Object)
            {
                for (var member = value + 1; member < tape.Tokens[value].Next; member = tape.Tokens[member + 1].Next)
                {
                    if (IsSchema(tape.Tokens[member + 1].Kind))
                        yield return (member + 1, $"/{keyword}/{InstancePointer.Escape(Encoding.UTF8.GetString(tape.Text(member)))}");
                }
            }
        }
    }

    private static bool IsSchema(JsonKind kind) => kind is JsonKind.Object or JsonKind.True or JsonKind.False;
}
