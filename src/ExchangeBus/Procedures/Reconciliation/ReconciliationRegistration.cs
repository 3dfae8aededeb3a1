using ExchangeBus.Procedures.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>The daily comparison of registrations with what had to follow.</summary>
internal static class ReconciliationRegistration
{
    private const int MostBytes = 16 * 1024;

    /// <summary>After the tracing, whose registrations it looks up.</summary>
    internal static void AddReconciliation(this IServiceCollection services)
    {
        services.AddOptions<ReconciliationOptions>().BindConfiguration(ReconciliationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ITraceTaker, FactBook>();
        services.AddSingleton<GapJudge>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<GapResending>();
        services.AddSingleton<GapStore>();
        services.AddSingleton<ReconciliationDoor>();
        services.AddHostedService<DailyReconciliation>();
    }

    internal static void MapReconciliation(this IEndpointRouteBuilder routes)
    {
        var limit = new RequestSizeLimitAttribute(MostBytes);
        routes.MapGet("/reconciliation/gaps", (HttpContext context, ReconciliationDoor door, string? commune, string? kind, string? state, Guid? after, int limit = 100) =>
            door.GetGapsAsync(context, new GapFilter(commune, kind, state), after, limit));
        routes.MapGet("/reconciliation/communes", (HttpContext context, ReconciliationDoor door, string? commune, string? kind) =>
            door.GetCommunesAsync(context, new GapFilter(commune, kind, State: null)));
        routes.MapPost("/reconciliation/gaps/{id:guid}/close", (Guid id, HttpContext context, ReconciliationDoor door) => door.PostCloseAsync(id, context)).WithMetadata(limit);
        routes.MapGet("/reconciliation/runs", (HttpContext context, ReconciliationDoor door, int limit = 50) => door.GetRunsAsync(context, limit));
        routes.MapPost("/reconciliation/runs", (HttpContext context, ReconciliationDoor door) => door.PostRunAsync(context)).WithMetadata(limit);
    }
}
