using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ExchangeBus.Schemas;

/// <summary>The contract as anybody may read it. It is public, so no key is asked for.</summary>
internal sealed class SchemaPages(SchemaCatalogue catalogue)
{
    internal const string MediaType = "application/schema+json";

    // A released version never changes; what is current may change with the next start of the bus.
    private const string Current = "public, max-age=300";
    private const string Released = "public, max-age=31536000, immutable";

    private readonly Lazy<TypeEntry[]> _entries = new(() => [.. catalogue.Types.Select(type => Entry(catalogue, type))]);
    private readonly Lazy<byte[]> _asyncApi = new(() => AsyncApiDocument.Write(catalogue));

    internal JsonHttpResult<TypeList> List(HttpContext context)
    {
        context.Response.Headers.CacheControl = Current;
        return TypedResults.Json(new TypeList(_entries.Value), CompatibilityAnswer.Json);
    }

    internal IResult Show(string type, string? version, HttpContext context)
    {
        if (catalogue.Find(type) is not { } found) return SchemaProblems.UnknownType();
        if (found.Version(version ?? "current") is not { } document) return SchemaProblems.UnknownVersion(found);
        context.Response.Headers.Append(HeaderNames.Link, $"<{document.Address}>; rel=\"self\"");
        return Send(document, context);
    }

    /// <summary>Any file under the path of its <c>$id</c>, so that references between schemas resolve on this host.</summary>
    internal IResult ShowFile(string path, HttpContext context) =>
        catalogue.FindDocument(path) is { } document ? Send(document, context) : SchemaProblems.UnknownType();

    internal IResult AsyncApi(HttpContext context)
    {
        context.Response.Headers.CacheControl = Current;
        return TypedResults.Bytes(_asyncApi.Value, "application/json", entityTag: Tag(new SchemaDocument("asyncapi.json", _asyncApi.Value)));
    }

    private static FileContentHttpResult Send(SchemaDocument document, HttpContext context)
    {
        context.Response.Headers.CacheControl = document.Path.StartsWith("released/", StringComparison.Ordinal) ? Released : Current;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(document.Utf8.ToArray(), MediaType, entityTag: Tag(document));
    }

    private static EntityTagHeaderValue Tag(SchemaDocument document) => new(document.EntityTag);

    private static TypeEntry Entry(SchemaCatalogue catalogue, PublishedType type)
    {
        var schema = type.Current.Parse();
        var classifications = Classifications.Of(catalogue, type.Current).Values.CountBy(value => value).OrderBy(pair => pair.Key, StringComparer.Ordinal);
        return new TypeEntry(
            type.Name, (string?)schema["title"] ?? type.Name, (string?)schema["description"], [.. type.Released.Select(version => version.Number)],
            classifications.ToDictionary(pair => pair.Key, pair => pair.Value),
            new TypeLinks($"/schemas/{type.Name}", $"/schemas/{type.Name}/compatibility", type.Current.Address));
    }
}

/// <summary>All event types.</summary>
internal sealed record TypeList(IReadOnlyList<TypeEntry> Types);

/// <summary>An event type, its released versions, how many of its fields are in each class, and where to read on.</summary>
internal sealed record TypeEntry(
    string Type, string Title, string? Description, IReadOnlyList<string> Versions, IReadOnlyDictionary<string, int> Classifications, TypeLinks Links);

internal sealed record TypeLinks(string Schema, string Compatibility, Uri Id);
