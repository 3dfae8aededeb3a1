using ExchangeBus.Delivery;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>Who received a wrong version, who was told, who has applied the right one.</summary>
internal static class CorrectionsRegistration
{
    internal static void AddCorrections(this IServiceCollection services)
    {
        services.AddSingleton(provider => new EventTraces(provider.GetRequiredService<OrderKeys>().BusinessKeyOf));
        // The registrations come first: the others look them up.
        services.AddSingleton<ITraceTaker, RegistrationBook>();
        services.AddSingleton<ITraceTaker, CorrectionBook>();
        services.AddSingleton<TraceFollower>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TraceFollower>());
        services.AddSingleton<ILogConsumer>(provider => provider.GetRequiredService<TraceFollower>());
        services.AddSingleton<WrongVersions>();
        services.AddSingleton<VersionReceivers>();
        services.TryAddSingleton<DeliveryStatus>();
        services.AddHostedService<CorrectionTeller>();
        services.AddSingleton<CorrectionStore>();
        services.AddSingleton<CorrectionDoor>();
    }

    internal static void MapCorrections(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/corrections", (HttpContext context, CorrectionDoor door, bool? open, bool? late, long? before, int limit = 50) => door.GetPageAsync(context, open, late, before, limit));
        routes.MapGet("/corrections/{eventId}", (string eventId, HttpContext context, CorrectionDoor door, string? source) => door.GetOneAsync(eventId, context, source));
    }
}
