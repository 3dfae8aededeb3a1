using System.Text;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>All documents of a registry, by the identifiers of their resources.</summary>
internal sealed class SchemaStore(JsonSchemaOptions options)
{
    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);

    public int Count { get; private set; }

    public SchemaResource Add(Uri retrieved, ReadOnlySpan<byte> json)
    {
        var key = SchemaUris.Key(retrieved);
        var tape = new JsonTape();
        var fault = JsonTapeReader.Read(tape, json, options.MaxDepth);
        if (fault.Kind != JsonFaultKind.None)
            throw new SchemaLoadException("load.json", key, $"The schema is not acceptable JSON: {fault.Code} at byte {fault.Offset}.");
        if (DuplicateNames.Next(tape, 0) is var repeated and >= 0)
            throw new SchemaLoadException("load.json", key + "#" + InstancePointer.Of(tape, repeated), "A property name is repeated.");

        var document = new SchemaDocument(tape);
        var added = new List<(string Key, SchemaResource Resource)>();
        var root = new SchemaResource(Count++, WithIdentifier(document, 0, retrieved), document, 0, null);
        added.Add((key, root));
        if (SchemaUris.Key(root.BaseUri) != key) added.Add((SchemaUris.Key(root.BaseUri), root));
        Index(document, 0, root, "", added);
        foreach (var (name, resource) in added)
        {
            if (!_resources.TryAdd(name, resource))
                throw new SchemaLoadException("load.duplicate-identifier", name, "Two schemas have this identifier.");
        }

        return root;
    }

    public SchemaResource? Find(Uri uri)
    {
        var key = SchemaUris.Key(uri);
        if (_resources.TryGetValue(key, out var resource)) return resource;
        return Metaschemas.Read(key) is { } text ? Add(uri, text) : null;
    }

    /// <summary>Notes the places of all schemas in one, itself included, which had not been known to be a schema.</summary>
    public void Index(SchemaDocument document, int token, SchemaResource resource, string pointer)
    {
        var added = new List<(string Key, SchemaResource Resource)>();
        Index(document, token, resource, pointer, added);
        foreach (var (name, found) in added) _resources.TryAdd(name, found);
    }

    private void Index(SchemaDocument document, int token, SchemaResource resource, string pointer, List<(string, SchemaResource)> added)
    {
        var tape = document.Tape;
        if (tape.Tokens[token].Kind == JsonKind.Object)
        {
            if (token != resource.Root && Identifier(document, token) is not null)
            {
                resource = new SchemaResource(Count++, WithIdentifier(document, token, resource.BaseUri), document, token, resource);
                pointer = "";
                added.Add((SchemaUris.Key(resource.BaseUri), resource));
            }

            AddAnchor(document, token, "$anchor"u8, resource, resource.Anchors);
            if (AddAnchor(document, token, "$dynamicAnchor"u8, resource, resource.DynamicAnchors) is { } anchor) resource.Anchors.TryAdd(anchor, token);
        }

        document.Places[token] = new SchemaPlace(resource, pointer);
        foreach (var (subschema, step) in SubschemaKeywords.In(tape, token)) Index(document, subschema, resource, pointer + step, added);
    }

    private static string? AddAnchor(SchemaDocument document, int token, ReadOnlySpan<byte> keyword, SchemaResource resource, Dictionary<string, int> anchors)
    {
        var value = document.Tape.Find(token, keyword);
        if (value < 0 || document.Tape.Tokens[value].Kind != JsonKind.String) return null;
        var anchor = Encoding.UTF8.GetString(document.Tape.Text(value));
        if (!anchors.TryAdd(anchor, token))
            throw new SchemaLoadException("load.duplicate-identifier", resource.Location("") + anchor, "Two schemas have this anchor.");
        return anchor;
    }

    private static Uri WithIdentifier(SchemaDocument document, int token, Uri baseUri)
    {
        if (Identifier(document, token) is not { } identifier) return baseUri;
        return SchemaUris.Resolve(baseUri, SchemaUris.Split(identifier).Uri)
            ?? throw new SchemaLoadException("load.keyword-value", SchemaUris.Key(baseUri), "$id must be a URI reference.");
    }

    /// <summary>One with a fragment is an anchor of an earlier draft. It is refused when the schema is compiled; a document nobody uses does no harm.</summary>
    private static string? Identifier(SchemaDocument document, int token)
    {
        if (document.Tape.Tokens[token].Kind != JsonKind.Object) return null;
        var value = document.Tape.Find(token, "$id"u8);
        if (value < 0 || document.Tape.Tokens[value].Kind != JsonKind.String) return null;
        var identifier = Encoding.UTF8.GetString(document.Tape.Text(value));
        return SchemaUris.Split(identifier).Fragment.Length == 0 ? identifier : null;
    }
}
