using System.Collections.Frozen;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Checks;

/// <summary>Every event type that the bus knows, with its schema, compiled once at start.</summary>
internal sealed class EventTypeCatalogue
{
    private readonly FrozenDictionary<string, EventType> _types;

    public EventTypeCatalogue(ContractFiles files)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = true, UnknownKeywords = UnknownKeywords.Refuse });
        foreach (var (file, utf8) in files.InForce.OrderBy(f => f.Key, StringComparer.Ordinal))
            registry.Add(ContractFiles.AddressOf(file), utf8.Span);
        _types = files.Types
            .Select(type => new EventType(type.Type, registry.Compile(ContractFiles.AddressOf(type.File)), BusinessIdentity.Read(type.File, files.InForce[type.File])))
            .ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
    }

    internal IEnumerable<string> Names => _types.Keys.Order(StringComparer.Ordinal);

    internal EventType? Find(string type) => _types.GetValueOrDefault(type);
}

/// <summary>An event type, the schema of its body, and what two such events share that are about one thing; null when nothing says it.</summary>
internal sealed record EventType(string Name, CompiledSchema Schema, BusinessIdentity? BusinessIdentity);
