using System.Collections.Frozen;
using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Release;

/// <summary>Every event type of a schemas folder with the fields that its schema of today knows, read once.</summary>
internal sealed class ReleasableTypes
{
    private readonly FrozenDictionary<string, ReleasableType> _types;

    internal ReleasableTypes(SchemaFiles files) =>
        _types = files.EventTypes().ToFrozenDictionary(t => t.Type, t => new ReleasableType(t.Type, files, [t.Schema]), StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    internal IEnumerable<ReleasableType> All => _types.Values;

    internal ReleasableType? Find(string type) => _types.GetValueOrDefault(type);
}
