using ExchangeBus.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExchangeBus.Schemas;

/// <summary>The contract over HTTP: what may be sent, in which versions, and whether a change of it would break anybody.</summary>
public static class SchemasRegistration
{
    /// <summary>Adds the catalogue of versions and the comparison.</summary>
    public static IServiceCollection AddSchemas(this IServiceCollection services)
    {
        services.TryAddSingleton<ContractFiles>();
        services.AddSingleton<SchemaCatalogue>();
        services.AddSingleton<SchemaPages>();
        services.AddSingleton<CompatibilityPages>();
        return services;
    }

    /// <summary>Maps <c>/schemas</c>, <c>/asyncapi.json</c>, and each schema under the path of its <c>$id</c>.</summary>
    public static IEndpointRouteBuilder MapSchemas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/schemas", (SchemaPages pages, HttpContext context) => pages.List(context));
        routes.MapGet("/schemas/{type}", (string type, string? version, SchemaPages pages, HttpContext context) => pages.Show(type, version, context));
        routes.MapGet("/schemas/{type}/compatibility", (string type, string? from, string? to, string? mode, CompatibilityPages pages, HttpContext context) =>
            pages.CompareVersionsAsync(type, from, to, mode, context));
        routes.MapPost("/schemas/{type}/compatibility", (string type, string? mode, CompatibilityPages pages, HttpContext context) =>
            pages.CompareCandidateAsync(type, mode, context));
        routes.MapGet("/asyncapi.json", (SchemaPages pages, HttpContext context) => pages.AsyncApi(context));
        routes.MapGet("/definitions/v{version:int}.schema.json", (int version, SchemaPages pages, HttpContext context) =>
            pages.ShowFile($"definitions/v{version}.schema.json", context));
        routes.MapGet("/{domain}/{name}/v{version:int}.schema.json", (string domain, string name, int version, SchemaPages pages, HttpContext context) =>
            pages.ShowFile($"{domain}/{name}/v{version}.schema.json", context));
        routes.MapGet("/released/{domain}/{name}/{file}", (string domain, string name, string file, SchemaPages pages, HttpContext context) =>
            pages.ShowFile($"released/{domain}/{name}/{file}", context));
        return routes;
    }
}
