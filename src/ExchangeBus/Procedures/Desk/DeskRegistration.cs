using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Procedures.Desk.Bulk;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.Search;
using ExchangeBus.Procedures.Timeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExchangeBus.Procedures.Desk;

/// <summary>What officers see of dossiers and do to them.</summary>
internal static class DeskRegistration
{
    private const int MostBytes = 256 * 1024;

    internal static void AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<DossierReader>();
        services.AddSingleton<KnownNumbers>();
        services.AddSingleton<DossierSearch>();
        services.AddSingleton<DossierTimeline>();
        services.AddSingleton<DossierPages>();
        services.AddSingleton<DeskCallers>();
        services.AddSingleton<DeskEvents>();
        services.AddSingleton<DeskStore>();
        services.AddSingleton<Resending>();
        services.AddSingleton<StuckDesk>();
        services.AddSingleton<DeskDoor>();
        services.AddSingleton<SearchDoor>();
        services.AddSingleton<BulkStore>();
        services.AddSingleton<BulkProgress>();
        services.AddSingleton<BulkDesk>();
        services.AddSingleton<BulkDoor>();
        services.AddHostedService<BulkRunner>();
        // What is handed out again is a replay, run by the nodes that deliver.
        services.TryAddSingleton<JobStore>();
    }

    internal static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var limit = new RequestSizeLimitAttribute(MostBytes);
        routes.MapGet("/dossiers", (HttpContext context, SearchDoor door, [AsParameters] SearchRequest request) => door.GetAsync(request, context));
        routes.MapGet("/dossiers/{number}", (string number, HttpContext context, DeskDoor door) => door.GetDossierAsync(number, context));
        routes.MapGet("/dossiers/{number}/timeline", (string number, HttpContext context, DeskDoor door) => door.GetTimelineAsync(number, context));
        routes.MapPost("/dossiers/{number}/actions", (string number, HttpContext context, DeskDoor door) => door.PostActionAsync(number, context)).WithMetadata(limit);
        routes.MapGet("/desk/requests", (HttpContext context, DeskDoor door, int limit = 100) => door.GetWaitingAsync(context, limit));
        routes.MapPost("/desk/requests/{id:guid}/decision", (Guid id, HttpContext context, DeskDoor door) => door.PostDecisionAsync(id, context)).WithMetadata(limit);
        routes.MapPost("/desk/jobs", (HttpContext context, BulkDoor door) => door.PostAsync(context)).WithMetadata(limit);
        routes.MapGet("/desk/jobs", (HttpContext context, BulkDoor door, int limit = 50) => door.GetPageAsync(context, limit));
        routes.MapGet("/desk/jobs/{id:guid}", (Guid id, HttpContext context, BulkDoor door) => door.GetOneAsync(id, context));
        routes.MapGet("/desk/jobs/{id:guid}/items", (Guid id, HttpContext context, BulkDoor door, string? outcome, int after = 0, int limit = 100) =>
            door.GetItemsAsync(id, context, after, outcome, limit));
        routes.MapPost("/desk/jobs/{id:guid}/{action:regex(^(approve|start|pause|resume|stop)$)}", (Guid id, string action, HttpContext context, BulkDoor door) =>
            door.PostStepAsync(id, action, context)).WithMetadata(limit);
    }
}
