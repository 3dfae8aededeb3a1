using System.Collections.Concurrent;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.Schemas;

/// <summary>The schemas of the repository, compiled as the bus compiles them.</summary>
internal static class PublishedSchemas
{
    private static readonly SchemaRegistry Registry = Load();
    private static readonly ConcurrentDictionary<string, CompiledSchema> Compiled = [];

    public static IReadOnlyList<SchemaViolation> Validate(string folder, ReadOnlySpan<byte> body, string fragment = "") =>
        Compiled.GetOrAdd($"{folder}/v1.schema.json{fragment}", path => Registry.Compile(new Uri($"https://schemas.exchangebus.vn/{path}"))).Validate(body);

    private static SchemaRegistry Load()
    {
        var registry = new SchemaRegistry();
        foreach (var file in SchemaFolder.Folders.Append("definitions").Select(SchemaFolder.SchemaFile))
            registry.Add(new Uri(file), File.ReadAllBytes(file));
        return registry;
    }
}
