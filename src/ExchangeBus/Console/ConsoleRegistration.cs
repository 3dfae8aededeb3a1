using ExchangeBus.Delivery;
using ExchangeBus.Procedures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Console;

/// <summary>What people look at. It has no sign-in of its own yet, so a host serves it only when its role is named.</summary>
public static class ConsoleRegistration
{
    private const int Newest = 50;

    /// <summary>Adds the queries of the first page.</summary>
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddSingleton<DossierStore>();
        services.AddSingleton<DeliveryCounts>();
        return services;
    }

    /// <summary>Maps the page at <c>/</c>, and <c>GET /status</c> that it is drawn from.</summary>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", GetStatusAsync);
        routes.MapGet("/", (HttpContext context) => SendAsset(context, "index.html", "text/html; charset=utf-8"));
        routes.MapGet("/console.js", (HttpContext context) => SendAsset(context, "console.js", "text/javascript; charset=utf-8"));
        routes.MapGet("/console.css", (HttpContext context) => SendAsset(context, "console.css", "text/css; charset=utf-8"));
        return routes;
    }

    private static async Task<JsonHttpResult<BusStatus>> GetStatusAsync(DeliveryCounts counts, DossierStore dossiers, TimeProvider time, HttpContext context) =>
        TypedResults.Json(new BusStatus(
            time.GetUtcNow(),
            await counts.TotalsAsync(context.RequestAborted),
            await dossiers.CountAsync(context.RequestAborted),
            await dossiers.NewestAsync(Newest, context.RequestAborted)), ConsoleJson.Options);

    private static FileStreamHttpResult SendAsset(HttpContext context, string name, string contentType)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(typeof(ConsoleRegistration).Assembly.GetManifestResourceStream($"ExchangeBus.Console.Assets.{name}")!, contentType);
    }
}

/// <summary>What the first page shows.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Totals">Totals of the bus.</param>
/// <param name="Dossiers">Count of dossiers by state.</param>
/// <param name="Newest">The newest dossiers, at most 50.</param>
public sealed record BusStatus(DateTimeOffset At, BusTotals Totals, IReadOnlyDictionary<string, long> Dossiers, IReadOnlyList<DossierRow> Newest);

internal static class ConsoleJson
{
    internal static System.Text.Json.JsonSerializerOptions Options { get; } = new(System.Text.Json.JsonSerializerDefaults.Web);
}
