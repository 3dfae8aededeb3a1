using System.Collections.Frozen;
using ExchangeBus.JsonSchema;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Checks;

/// <summary>
/// Every event type that the bus knows, with its schema, compiled once at start.
/// <c>schemas/civilstatus/birthregistered/v1.schema.json</c> is the type <c>vn.civilstatus.birthregistered.v1</c>.
/// </summary>
internal sealed class EventTypeCatalogue
{
    private const string SchemaFile = ".schema.json";
    private readonly FrozenDictionary<string, EventType> _types;

    public EventTypeCatalogue(IOptions<ChecksOptions> options)
        : this(options.Value.SchemasFolder)
    {
    }

    internal EventTypeCatalogue(string folder)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = true, UnknownKeywords = UnknownKeywords.Refuse });
        var files = Directory.EnumerateFiles(folder, "*" + SchemaFile, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
            registry.Add(AddressOf(folder, file), File.ReadAllBytes(file));

        _types = files.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/').Split('/'))
            .Where(parts => parts.Length == 3)
            .Select(parts => new EventType(
                $"vn.{parts[0]}.{parts[1]}.{parts[2][..^SchemaFile.Length]}",
                registry.Compile(AddressOf(folder, Path.Combine([folder, .. parts]))),
                BusinessIdentity.Read(string.Join('/', parts), File.ReadAllBytes(Path.Combine([folder, .. parts])))))
            .ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        if (_types.Count == 0)
            throw new InvalidOperationException($"No schema was found in {folder}.");
    }

    internal IEnumerable<string> Names => _types.Keys.Order(StringComparer.Ordinal);

    internal EventType? Find(string type) => _types.GetValueOrDefault(type);

    private static Uri AddressOf(string folder, string file) =>
        new("https://schemas.exchangebus.vn/" + Path.GetRelativePath(folder, file).Replace('\\', '/'));
}

/// <summary>An event type, the schema of its body, and what two such events share that are about one thing; null when nothing says it.</summary>
internal sealed record EventType(string Name, CompiledSchema Schema, BusinessIdentity? BusinessIdentity);
