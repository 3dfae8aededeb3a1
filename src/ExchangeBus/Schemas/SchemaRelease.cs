using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExchangeBus.Schemas;

/// <summary>Makes one document of a schema and all definitions that it uses.</summary>
internal static class SchemaRelease
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The next minor of a type: <c>1.0</c> when there was none.</summary>
    internal static string NextVersion(PublishedType type) => $"{type.Major}.{(type.Released.Count == 0 ? 0 : type.Released[^1].Minor + 1)}";

    internal static SchemaDocument Bundle(SchemaCatalogue catalogue, PublishedType type, string version)
    {
        var parts = type.Current.Path.Split('/');
        var path = $"released/{parts[0]}/{parts[1]}/v{version}.schema.json";
        var root = type.Current.Parse();
        var definitions = root["$defs"] as JsonObject ?? [];
        var taken = definitions.ToDictionary(definition => (type.Current.Path, definition.Key), definition => definition.Key);
        root.Remove("$defs");
        // Only its own: what is taken on the way is rewritten where it is taken.
        foreach (var own in definitions.ToList()) Rewrite(own.Value, type.Current);
        Rewrite(root, type.Current);
        root["$id"] = "https://schemas.exchangebus.vn/" + path;
        if (definitions.Count > 0) root["$defs"] = definitions;
        return new SchemaDocument(path, JsonSerializer.SerializeToUtf8Bytes(root, Written));

        void Rewrite(JsonNode? node, SchemaDocument around)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list) Rewrite(item, around);
                return;
            }

            if (node is not JsonObject schema) return;
            foreach (var (_, value) in schema.ToList()) Rewrite(value, around);
            if (schema["$ref"] is JsonValue reference && reference.GetValueKind() == JsonValueKind.String) schema["$ref"] = Take((string)reference!, around);
        }

        string Take(string reference, SchemaDocument around)
        {
            var target = new Uri(around.Address, reference);
            var document = target.GetLeftPart(UriPartial.Path) == around.Address.AbsoluteUri ? around : catalogue.FindDocument(target.AbsolutePath[1..]);
            var steps = target.Fragment.Split('/');
            if (document is null || steps is not ["#", "$defs", var name])
                throw new InvalidOperationException($"{type.Current.Path}: only references to $defs can be released, not {reference}.");
            if (!taken.TryGetValue((document.Path, name), out var key))
            {
                // A schema's own definition may be called like a shared one, and be another.
                key = definitions.ContainsKey(name) ? $"{document.Path.Split('/')[0]}.{name}" : name;
                taken[(document.Path, name)] = key;
                var copy = document.Parse()["$defs"]![name]!.DeepClone();
                definitions.Add(key, copy);
                Rewrite(copy, document);
            }

            return "#/$defs/" + key;
        }
    }
}
