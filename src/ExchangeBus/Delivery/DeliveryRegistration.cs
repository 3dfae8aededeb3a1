using System.Text.Json;
using System.Text.Json.Serialization;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Balance;
using ExchangeBus.Delivery.DeadLetters;
using ExchangeBus.Delivery.Explain;
using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Delivery.Pull;
using ExchangeBus.Delivery.Unroutable;
using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.Delivery;

/// <summary>Acknowledgements, receipts, and who has what.</summary>
public static class DeliveryRegistration
{
    private const int MaxWordBytes = 4096;

    // 10,000 positions of 20 digits.
    private const int MaxJobBytes = 256 * 1024;
    private static readonly JsonSerializerOptions StateJson = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Adds taking acknowledgements over AMQP, and the answers over HTTP.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton<AcknowledgementStore>();
        services.AddSingleton<DeliveryStatus>();
        services.AddSingleton<PullPositions>();
        services.AddSingleton<PullReader>();
        services.AddSingleton<PullDoor>();
        services.AddSingleton<PullReplays>();
        services.AddSingleton<PullReplayReader>();
        services.AddSingleton<PullReplayDoor>();
        services.AddOptions<PullOptions>().BindConfiguration(PullOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHostedService<UnreadReplays>();
        services.AddSingleton<ExplainedAttempts>();
        services.AddSingleton<Explanation>();
        services.AddSingleton<ExplainDoor>();
        services.AddSingleton<DeliveryBalances>();
        services.AddSingleton<BalanceDoor>();
        services.AddHostedService<BalanceMeter>();
        services.AddSingleton<UnroutableWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<UnroutableWatch>());
        services.AddHealthChecks().AddCheck<UnroutableCheck>(UnroutableCheck.Code);
        services.AddSingleton<ILogConsumer, AcknowledgedByAll>();
        services.AddHostedService<AcknowledgementWorker>();
        services.AddWebhooks();
        services.AddSingleton<OwnSubscriptions>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<StrayMessages>();
        services.AddSingleton<DeadLetterPages>();
        services.AddSingleton<DeadLetterDiscards>();
        services.AddSingleton<DeadLetterDoor>();
        services.AddHostedService<DeadLetterWorker>();
        return services.AddJobs();
    }

    private static IServiceCollection AddJobs(this IServiceCollection services)
    {
        // The dispatcher of the same host cuts too.
        services.TryAddSingleton<CutBodies>();
        services.AddSingleton<IJobWay, QueueWay>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobProgress>();
        services.AddSingleton<JobItems>();
        services.AddSingleton<JobRanges>();
        services.AddSingleton<JobForecast>();
        services.AddSingleton<JobDoor>();
        services.AddHostedService<JobRunner>();
        return services;
    }

    /// <summary>Maps who has an event, the words of subscribers, the dead letters and jobs of a subscription, and the doors of webhooks.</summary>
    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events/{sequence:long}/deliveries", GetDeliveriesAsync);
        routes.MapGet("/subscriptions/{name}/events", (string name, HttpContext context, PullDoor door, PullReplayDoor replays, long? after = null, int limit = 100, int wait = 0, Guid? replay = null) =>
            replay is { } job ? replays.GetAsync(name, job, context, after, limit) : door.GetEventsAsync(name, context, after, limit, wait));
        routes.MapGet("/subscriptions/{name}/stream", (string name, HttpContext context, PullDoor door, IHostApplicationLifetime lifetime) =>
            door.GetStreamAsync(name, context, lifetime.ApplicationStopping));
        routes.MapGet("/subscriptions/{name}/explain/{eventId}", (string name, string eventId, HttpContext context, ExplainDoor door, string? source = null) =>
            door.GetAsync(name, eventId, source, context));
        routes.MapGet("/subscriptions/{name}/balance", (string name, HttpContext context, BalanceDoor door) => door.GetOneAsync(name, context));
        routes.MapGet("/balance", (HttpContext context, BalanceDoor door) => door.GetAllAsync(context));
        routes.MapPost("/acknowledgements", PostAcknowledgementAsync).WithMetadata(new RequestSizeLimitAttribute(MaxWordBytes));
        routes.MapPost("/delivery-gaps", PostGapAsync).WithMetadata(new RequestSizeLimitAttribute(MaxWordBytes));
        routes.MapDeadLetters();
        routes.MapJobs();
        return routes.MapWebhooks();
    }

    private static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<DeadLetterDoor>();
        routes.MapGet("/subscriptions/{name}/dead-letters", door.GetPageAsync);
        routes.MapGet("/subscriptions/{name}/dead-letters/{sequence:long}", door.GetOneAsync);
        routes.MapPost("/subscriptions/{name}/dead-letters/discards", door.PostDiscardAsync).WithMetadata(new RequestSizeLimitAttribute(MaxJobBytes));
    }

    private static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<JobDoor>();
        routes.MapPost("/subscriptions/{name}/redrives", door.PostRedriveAsync).WithMetadata(new RequestSizeLimitAttribute(MaxJobBytes));
        routes.MapPost("/subscriptions/{name}/replays", door.PostReplayAsync).WithMetadata(new RequestSizeLimitAttribute(MaxJobBytes));
        routes.MapGet("/subscriptions/{name}/jobs", door.GetPageAsync);
        routes.MapGet("/subscriptions/{name}/jobs/{id:guid}", door.GetOneAsync);
        routes.MapPost("/subscriptions/{name}/jobs/{id:guid}/{action:regex(^(pause|resume|stop)$)}", door.PostStepAsync).WithMetadata(new RequestSizeLimitAttribute(MaxWordBytes));
    }

    private static async Task<IResult> GetDeliveriesAsync(
        long sequence, HttpContext context, CallerAuthentication callers, DeliveryStatus status)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        // A publisher sees its own events only.
        return await status.FindAsync(sequence, system.Source, context.RequestAborted) is { } found
            ? Results.Json(found, StateJson)
            : Results.NotFound();
    }

    private static async Task<IResult> PostAcknowledgementAsync(
        Acknowledgement word, HttpContext context, CallerAuthentication callers, AcknowledgementStore store)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        if (!AcknowledgementWorker.IsSound(word) || !store.MaySpeak(system, word.Subscription))
            return AcknowledgementProblems.NotDelivered();
        return await store.TakeAsync(system.Agency, word, context.RequestAborted) switch
        {
            true => Results.NoContent(),
            false => AcknowledgementProblems.NotConnected(),
            null => AcknowledgementProblems.NotDelivered(),
        };
    }

    private static async Task<IResult> PostGapAsync(
        DeliveryGap gap, HttpContext context, CallerAuthentication callers, AcknowledgementStore store)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        return store.MaySpeak(system, gap.Subscription) && await store.ReportGapAsync(system.Agency, gap, context.RequestAborted) is { } answer
            ? Results.Json(answer, EventData.Json)
            : Results.NotFound();
    }
}
