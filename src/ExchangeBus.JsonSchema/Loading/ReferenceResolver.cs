using System.Globalization;
using System.Text;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>Finds the schema a reference names. Nothing is fetched: what the registry does not hold does not exist.</summary>
internal sealed class ReferenceResolver(SchemaStore store)
{
    /// <param name="from">Resource the reference stands in.</param>
    /// <param name="reference">URI reference, with or without fragment.</param>
    /// <param name="location">Where it stands, for the error.</param>
    /// <returns>Document and token of the schema, and the anchor's name if the reference ends in one.</returns>
    public (SchemaDocument Document, int Token, string? Anchor) Resolve(SchemaResource from, string reference, string location)
    {
        var (uri, fragment) = SchemaUris.Split(reference);
        var resource = from;
        if (uri.Length > 0) resource = SchemaUris.Resolve(from.BaseUri, uri) is { } absolute ? store.Find(absolute) : null;
        if (resource is null) throw Unresolved(reference, location);
        if (fragment.Length == 0) return (resource.Document, resource.Root, null);
        if (fragment[0] != '/')
            return resource.Anchors.TryGetValue(fragment, out var anchored) ? (resource.Document, anchored, fragment) : throw Unresolved(reference, location);

        return Walk(resource, fragment) is { } token ? (resource.Document, token, null) : throw Unresolved(reference, location);
    }

    private int? Walk(SchemaResource resource, string pointer)
    {
        var document = resource.Document;
        var tape = document.Tape;
        var token = resource.Root;
        var enclosing = new SchemaPlace(resource, "");
        var beyond = "";
        foreach (var step in pointer[1..].Split('/'))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = tape.Tokens[token].Kind switch
            {
                JsonKind.Object => tape.Find(token, Encoding.UTF8.GetBytes(name)),
                JsonKind.Array => Item(tape, token, name),
                _ => -1,
            };
            if (next < 0) return null;
            token = next;
            beyond += "/" + step;
            if (!document.Places.TryGetValue(token, out var place)) continue;
            enclosing = place;
            beyond = "";
        }

        if (beyond.Length == 0) return token;
        if (tape.Tokens[token].Kind is not (JsonKind.Object or JsonKind.True or JsonKind.False)) return null;
        store.Index(document, token, enclosing.Resource, enclosing.Pointer + beyond);
        return token;
    }

    private static int Item(JsonTape tape, int array, string index)
    {
        if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || wanted >= tape.Tokens[array].Length) return -1;
        var item = array + 1;
        while (wanted-- > 0) item = tape.Tokens[item].Next;
        return item;
    }

    private static SchemaLoadException Unresolved(string reference, string location) =>
        new("load.unresolved-reference", location, $"'{reference}' names no schema of the registry.");
}
