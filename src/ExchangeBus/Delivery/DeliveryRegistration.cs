using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Delivery;

/// <summary>Acknowledgements, receipts, and who has what.</summary>
public static class DeliveryRegistration
{
    private const int MaxWordBytes = 4096;

    /// <summary>Adds taking acknowledgements over AMQP, and the answers over HTTP.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<AcknowledgementStore>();
        services.AddSingleton<DeliveryStatus>();
        services.AddSingleton<ILogConsumer, AcknowledgedByAll>();
        services.AddHostedService<AcknowledgementWorker>();
        return services;
    }

    /// <summary>Maps <c>GET /events/{sequence}/deliveries</c>, <c>POST /acknowledgements</c> and <c>POST /delivery-gaps</c>.</summary>
    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events/{sequence:long}/deliveries", GetDeliveriesAsync);
        routes.MapPost("/acknowledgements", PostAcknowledgementAsync).WithMetadata(new RequestSizeLimitAttribute(MaxWordBytes));
        routes.MapPost("/delivery-gaps", PostGapAsync).WithMetadata(new RequestSizeLimitAttribute(MaxWordBytes));
        return routes;
    }

    private static async Task<Results<JsonHttpResult<EventDeliveries>, NotFound, UnauthorizedHttpResult>> GetDeliveriesAsync(
        long sequence, HttpContext context, AgencyDirectory agencies, DeliveryStatus status)
    {
        if (agencies.FindByAuthorization(context.Request.Headers.Authorization) is not { } system)
            return TypedResults.Unauthorized();
        // A publisher sees its own events only.
        return await status.FindAsync(sequence, system.Source, context.RequestAborted) is { } found
            ? TypedResults.Json(found)
            : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, Conflict, NotFound, UnauthorizedHttpResult>> PostAcknowledgementAsync(
        Acknowledgement word, HttpContext context, AgencyDirectory agencies, AcknowledgementStore store)
    {
        if (agencies.FindByAuthorization(context.Request.Headers.Authorization) is not { } system)
            return TypedResults.Unauthorized();
        if (!AcknowledgementWorker.IsSound(word))
            return TypedResults.NotFound();
        return await store.TakeAsync(system.Agency, word, context.RequestAborted) switch
        {
            true => TypedResults.NoContent(),
            false => TypedResults.Conflict(),
            null => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<JsonHttpResult<GapAnswer>, NotFound, UnauthorizedHttpResult>> PostGapAsync(
        DeliveryGap gap, HttpContext context, AgencyDirectory agencies, AcknowledgementStore store)
    {
        if (agencies.FindByAuthorization(context.Request.Headers.Authorization) is not { } system)
            return TypedResults.Unauthorized();
        return await store.ReportGapAsync(system.Agency, gap, context.RequestAborted) is { } answer
            ? TypedResults.Json(answer, EventData.Json)
            : TypedResults.NotFound();
    }
}
