using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Intake;

/// <summary>The two doors of the bus.</summary>
public static class IntakeRegistration
{
    /// <summary>Adds what both doors need, and starts the AMQP door.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection("Intake")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Acceptance>();
        services.AddSingleton<HttpDoor>();
        services.AddSingleton<Qcvn109Door>();
        services.AddHostedService<AmqpDoor>();
        return services;
    }

    /// <summary>Maps <c>POST /events</c> (CloudEvents) and <c>POST /events/qcvn109</c> (the national regulation's XML).</summary>
    public static IEndpointRouteBuilder MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/events", (HttpContext context, HttpDoor door) => door.PostAsync(context));
        routes.MapPost("/events/qcvn109", (HttpContext context, Qcvn109Door door) => door.PostAsync(context));
        return routes;
    }
}
