using System.Text;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>The vocabularies a schema is written in (2020-12 core, section 8.1.2).</summary>
internal sealed class Dialect
{
    private const string Folder = "https://json-schema.org/draft/2020-12/vocab/";

    private static readonly Dictionary<string, string[]> Vocabularies = new(StringComparer.Ordinal)
    {
        ["core"] = ["$id", "$schema", "$ref", "$anchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions"],
        ["applicator"] =
        [
            "prefixItems", "items", "contains", "additionalProperties", "properties", "patternProperties", "dependentSchemas",
            "propertyNames", "if", "then", "else", "allOf", "anyOf", "oneOf", "not", "dependencies",
        ],
        ["unevaluated"] = ["unevaluatedItems", "unevaluatedProperties"],
        ["validation"] =
        [
            "type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength",
            "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties",
            "minProperties", "required", "dependentRequired",
        ],
        ["meta-data"] = ["title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"],
        ["format-annotation"] = ["format"],
        ["format-assertion"] = ["format"],
        ["content"] = ["contentEncoding", "contentMediaType", "contentSchema"],
    };

    private readonly HashSet<string> _keywords;

    private Dialect(IReadOnlyCollection<string> vocabularies)
    {
        AssertsFormats = vocabularies.Contains("format-assertion");
        _keywords = [.. vocabularies.Append("core").SelectMany(vocabulary => Vocabularies[vocabulary])];
    }

    public static Dialect Standard { get; } =
        new(["applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"]);

    public bool AssertsFormats { get; }

    public bool Knows(string keyword) => _keywords.Contains(keyword);

    public static Dialect Of(SchemaResource resource, SchemaStore store)
    {
        for (var around = resource; around is not null; around = around.Parent)
        {
            var tape = around.Document.Tape;
            var value = tape.Tokens[around.Root].Kind == JsonKind.Object ? tape.Find(around.Root, "$schema"u8) : -1;
            if (value < 0) continue;
            var uri = Encoding.UTF8.GetString(tape.Text(value));
            if (uri.TrimEnd('#') == Metaschemas.Root) return Standard;
            var metaschema = Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? store.Find(parsed) : null;
            if (metaschema is null)
                throw new SchemaLoadException("load.unknown-dialect", around.Location("/$schema"), $"The metaschema '{uri}' is not in the registry.");
            return OfMetaschema(metaschema);
        }

        return Standard;
    }

    private static Dialect OfMetaschema(SchemaResource metaschema)
    {
        var tape = metaschema.Document.Tape;
        var list = tape.Tokens[metaschema.Root].Kind == JsonKind.Object ? tape.Find(metaschema.Root, "$vocabulary"u8) : -1;
        if (list < 0 || tape.Tokens[list].Kind != JsonKind.Object) return Standard;
        var vocabularies = new List<string>();
        for (var name = list + 1; name < tape.Tokens[list].Next; name = tape.Tokens[name + 1].Next)
        {
            var uri = Encoding.UTF8.GetString(tape.Text(name));
            var known = uri.StartsWith(Folder, StringComparison.Ordinal) && Vocabularies.ContainsKey(uri[Folder.Length..]);
            if (known) vocabularies.Add(uri[Folder.Length..]);
            else if (tape.Tokens[name + 1].Kind == JsonKind.True)
                throw new SchemaLoadException("load.unknown-vocabulary", metaschema.Location("/$vocabulary"), $"The vocabulary '{uri}' is required and not known.");
        }

        return new Dialect(vocabularies);
    }
}
