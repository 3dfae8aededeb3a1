using System.Text.Json.Nodes;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>A schema and the file that references in it start from.</summary>
internal sealed record SchemaPart(JsonObject Schema, string File);

/// <summary>The schemas as documents. They have been compiled by the validator already, so references lead somewhere.</summary>
internal sealed class SchemaFiles(ContractFiles files)
{
    private const string Definitions = "definitions/";
    private readonly Dictionary<string, JsonObject> _files = files.InForce.ToDictionary(file => file.Key, file => JsonNode.Parse(file.Value.Span) as JsonObject ?? []);

    /// <summary>Each event type with its schema.</summary>
    internal IEnumerable<(string Type, SchemaPart Schema)> EventTypes() => files.Types.Select(type => (type.Type, new SchemaPart(_files[type.File], type.File)));

    /// <summary>Follows <c>$ref</c>; null when it leads to what is not an object or not in the folder.</summary>
    internal SchemaPart? Follow(string reference, string from)
    {
        var parts = reference.Split('#', 2);
        var file = parts[0].Length == 0 ? from : new Uri(ContractFiles.AddressOf(from), parts[0]).AbsoluteUri.Replace(ContractFiles.Address, "", StringComparison.Ordinal);
        if (!_files.TryGetValue(file, out var document))
            return null;
        JsonNode? found = document;
        foreach (var step in parts.Length == 1 ? [] : parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries))
            found = (found as JsonObject)?[Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return found is JsonObject schema ? new SchemaPart(schema, file) : null;
    }

    /// <summary>Name of the shared definition that a reference leads to, or null.</summary>
    internal static string? DefinitionOf(string reference, string from)
    {
        const string defs = "#/$defs/";
        var at = reference.IndexOf(defs, StringComparison.Ordinal);
        var shared = at > 0 ? reference.Contains(Definitions, StringComparison.Ordinal) : from.StartsWith(Definitions, StringComparison.Ordinal);
        return at >= 0 && shared ? reference[(at + defs.Length)..] : null;
    }
}
