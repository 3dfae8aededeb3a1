using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>A schema text and where in it schemas stand.</summary>
internal sealed class SchemaDocument(JsonTape tape)
{
    public JsonTape Tape { get; } = tape;

    /// <summary>Places of schemas by token. Grows when a reference points into a keyword that is not known to hold schemas.</summary>
    public Dictionary<int, SchemaPlace> Places { get; } = [];
}

/// <summary>The resource a schema belongs to and the JSON pointer from its root.</summary>
internal readonly record struct SchemaPlace(SchemaResource Resource, string Pointer)
{
    public string Location => Resource.Location(Pointer);
}

/// <summary>A schema with an identifier of its own (2020-12 core, section 4.3.5): a document or a part with <c>$id</c>.</summary>
internal sealed class SchemaResource(int number, Uri baseUri, SchemaDocument document, int root, SchemaResource? parent)
{
    /// <summary>Number in its registry.</summary>
    public int Number { get; } = number;

    public Uri BaseUri { get; } = baseUri;

    public SchemaDocument Document { get; } = document;

    /// <summary>Token of its root schema.</summary>
    public int Root { get; } = root;

    /// <summary>The resource around it, whose dialect it has unless it names one.</summary>
    public SchemaResource? Parent { get; } = parent;

    public Dictionary<string, int> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    public string Location(string pointer) => SchemaUris.Key(BaseUri) + "#" + SchemaUris.EscapeFragment(pointer);
}
