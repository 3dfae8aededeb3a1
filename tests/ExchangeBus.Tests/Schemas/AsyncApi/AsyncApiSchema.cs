using System.Text.Json.Nodes;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.Schemas.AsyncApi;

/// <summary>The official schema is written in draft-07; the few words that have changed since are put as 2020-12 has them.</summary>
internal static class AsyncApiSchema
{
    public static CompiledSchema Load()
    {
        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(SchemaFolder.Root, "../tests/ExchangeBus.Tests/Schemas/AsyncApi/asyncapi-3.0.0.json")))!.AsObject();
        Translate(root);
        var registry = new SchemaRegistry(new JsonSchemaOptions { UnknownKeywords = UnknownKeywords.Ignore });
        var address = new Uri((string)root["$id"]!);
        registry.Add(address, System.Text.Encoding.UTF8.GetBytes(root.ToJsonString()));
        return registry.Compile(address);
    }

    private static void Translate(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) Translate(item);
        }

        if (node is not JsonObject schema) return;
        foreach (var (_, value) in schema.ToList()) Translate(value);
        if (schema["$schema"] is JsonValue) schema.Remove("$schema");
        if (schema["$id"] is JsonValue id) schema["$id"] = ((string)id!).TrimEnd('#');
        if (schema["items"] is JsonArray prefix)
        {
            schema.Remove("items");
            schema["prefixItems"] = prefix;
            if (schema["additionalItems"] is { } rest)
            {
                schema.Remove("additionalItems");
                schema["items"] = rest;
            }
        }

        // There a reference stands alone, whatever is beside it.
        if (schema["$ref"] is not JsonValue reference || reference.GetValueKind() != System.Text.Json.JsonValueKind.String) return;
        foreach (var beside in schema.Select(pair => pair.Key).Where(key => key != "$ref").ToList()) schema.Remove(beside);
    }
}
