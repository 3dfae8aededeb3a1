using System.Text;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

/// <summary>Compiles a schema text the way most tests here want it.</summary>
internal static class Schemas
{
    public const string Address = "https://bus.example/schema";

    public static CompiledSchema Compile(string schema, JsonSchemaOptions? options = null, params (string Uri, string Schema)[] others)
    {
        var registry = new SchemaRegistry(options ?? new JsonSchemaOptions { AssertFormats = true });
        foreach (var (uri, text) in others) registry.Add(new Uri(uri), Encoding.UTF8.GetBytes(text));
        registry.Add(new Uri(Address), Encoding.UTF8.GetBytes(schema));
        return registry.Compile(new Uri(Address));
    }

    public static bool IsValid(this CompiledSchema schema, string json) => schema.IsValid(Encoding.UTF8.GetBytes(json));

    public static IReadOnlyList<SchemaViolation> Validate(this CompiledSchema schema, string json) => schema.Validate(Encoding.UTF8.GetBytes(json));

    public static string LoadError(string schema, JsonSchemaOptions? options = null) =>
        Assert.Throws<SchemaLoadException>(() => Compile(schema, options))!.Code;
}
