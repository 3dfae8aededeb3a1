using ExchangeBus.Checks;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.LinkedPortal;
using ExchangeBus.Intake.Limits;
using ExchangeBus.Intake.Review;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Intake;

/// <summary>The two doors of the bus.</summary>
public static class IntakeRegistration
{
    private const int MaxDecisionBytes = 16 * 1024;

    /// <summary>Adds what both doors need, and starts the AMQP door.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection("Intake")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LimitOptions>().Bind(configuration.GetSection("Intake:Limits")).Validate(LimitOptions.AreSound, "A limit of Intake:Limits is out of bounds.").ValidateOnStart();
        services.AddSingleton<SystemLimits>();
        services.AddSingleton<BusinessKeys>();
        services.AddSingleton<ReviewDoor>();
        services.AddSingleton<DecidedReceipts>();
        services.AddSingleton<Acceptance>();
        services.AddSingleton<HttpDoor>();
        services.AddSingleton<ReceiptDoor>();
        services.AddSingleton<DialectDoor>();
        services.AddSingleton(provider => new KnownDialects(PortalProcedures.Load(
            Path.Combine(provider.GetRequiredService<IOptions<ChecksOptions>>().Value.SchemasFolder, "dialects", "linked-portal", "procedures.json"))));
        services.AddHostedService<AmqpDoor>();
        return services;
    }

    /// <summary>Maps <c>POST /events</c> (CloudEvents) and a door for each other format: <c>POST /events/qcvn109</c> (the national regulation's XML), <c>/events/population-answer</c>, <c>/events/linked-portal</c>; <c>GET /receipts/{id}</c>; and what reviewers judge.</summary>
    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events", (HttpContext context, HttpDoor door) => door.PostAsync(context));
        routes.MapPost("/events/qcvn109", (HttpContext context, DialectDoor door) => door.PostAsync(context, KnownDialects.Qcvn109));
        routes.MapPost("/events/population-answer", (HttpContext context, DialectDoor door) => door.PostAsync(context, KnownDialects.PopulationAnswer));
        routes.MapPost("/events/linked-portal", (HttpContext context, DialectDoor door, KnownDialects dialects) => door.PostAsync(context, dialects.LinkedPortal));
        routes.MapGet("/receipts/{id}", (string id, HttpContext context, ReceiptDoor door) => door.GetAsync(id, context));
        routes.MapGet("/held-events", (HttpContext context, ReviewDoor door, long after = 0, int limit = 100) => door.GetHeldAsync(context, after, limit));
        routes.MapPost("/held-events/{position:long}/decision", (long position, HeldDecision decision, HttpContext context, ReviewDoor door) => door.DecideHeldAsync(position, decision, context))
            .WithMetadata(new RequestSizeLimitAttribute(MaxDecisionBytes));
        routes.MapGet("/suspected-duplicates", (HttpContext context, ReviewDoor door, long after = 0, int limit = 100) => door.GetDuplicatesAsync(context, after, limit));
        routes.MapPost("/suspected-duplicates/{sequence:long}/decision", (long sequence, DuplicateDecision decision, HttpContext context, ReviewDoor door) => door.DecideDuplicateAsync(sequence, decision, context))
            .WithMetadata(new RequestSizeLimitAttribute(MaxDecisionBytes));
        return routes;
    }
}
