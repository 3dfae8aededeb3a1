using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Schemas;

/// <summary>
/// The schemas as files: what each event type says now, and what it said in each version that was released. A released version is one file
/// with all its definitions inside, <c>schemas/released/civilstatus/birthregistered/v1.0.schema.json</c>, so that it goes on meaning what it meant.
/// </summary>
internal sealed class SchemaCatalogue
{
    private readonly FrozenDictionary<string, SchemaDocument> _documents;

    public SchemaCatalogue(ContractFiles files)
    {
        Folder = files.Folder;
        _documents = files.InForce.Concat(files.Released).Select(file => new SchemaDocument(file.Key, file.Value))
            .ToFrozenDictionary(document => document.Path, StringComparer.Ordinal);
        var released = files.Released.Keys.Where(file => file.Split('/').Length == 4).Select(file => _documents[file]).ToList();
        Types = [.. files.Types.OrderBy(type => type.Type, StringComparer.Ordinal).Select(type => PublishedType.Of(type.Type, _documents[type.File], released))];
    }

    internal string Folder { get; }

    /// <summary>Every event type, by name.</summary>
    internal IReadOnlyList<PublishedType> Types { get; }

    internal PublishedType? Find(string type) => Types.FirstOrDefault(known => known.Name == type);

    /// <summary>A file of the folder, as its <c>$id</c> names it: <c>definitions/v1.schema.json</c>.</summary>
    internal SchemaDocument? FindDocument(string path) => _documents.GetValueOrDefault(path);

    /// <summary>All schemas, with another text in the place of one where it is given.</summary>
    internal SchemaRegistry Registry(JsonSchemaOptions options, SchemaDocument? instead = null)
    {
        var registry = new SchemaRegistry(options);
        foreach (var document in _documents.Values.Where(document => document.Path != instead?.Path)) registry.Add(document.Address, document.Utf8.Span);
        if (instead is not null) registry.Add(instead.Address, instead.Utf8.Span);
        return registry;
    }
}

/// <summary>A schema file.</summary>
/// <param name="Path">Its place below <c>schemas/</c>.</param>
/// <param name="Utf8">Its text.</param>
internal sealed record SchemaDocument(string Path, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>Its <c>$id</c>.</summary>
    internal Uri Address { get; } = ContractFiles.AddressOf(Path);

    internal string EntityTag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Utf8.Span)[..16])}\"";

    internal JsonObject Parse() => JsonNode.Parse(Utf8.Span)!.AsObject();
}

/// <summary>A version that agencies were promised: its number, such as <c>1.0</c>, and its schema.</summary>
internal sealed record ReleasedVersion(string Number, SchemaDocument Document)
{
    internal int Minor { get; } = int.Parse(Number.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>An event type with its schema of today and its released versions, the oldest first.</summary>
internal sealed record PublishedType(string Name, int Major, SchemaDocument Current, IReadOnlyList<ReleasedVersion> Released)
{
    internal static PublishedType Of(string name, SchemaDocument current, IEnumerable<SchemaDocument> released)
    {
        var parts = current.Path.Split('/');
        var version = parts[2][..parts[2].IndexOf('.', StringComparison.Ordinal)];
        var prefix = $"released/{parts[0]}/{parts[1]}/{version}.";
        return new PublishedType(
            name,
            int.Parse(version[1..], System.Globalization.CultureInfo.InvariantCulture),
            current,
            [.. released.Where(document => document.Path.StartsWith(prefix, StringComparison.Ordinal))
                .Select(document => new ReleasedVersion(document.Path.Split('/')[3][1..^ContractFiles.Ending.Length], document)).OrderBy(version => version.Minor)]);
    }

    /// <summary>The schema of a version, <c>current</c> for today's.</summary>
    internal SchemaDocument? Version(string number) =>
        number == "current" ? Current : Released.FirstOrDefault(version => version.Number == number)?.Document;
}
