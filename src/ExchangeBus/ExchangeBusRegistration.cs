using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Console;
using ExchangeBus.Delivery;
using ExchangeBus.Dispatch;
using ExchangeBus.Intake;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using ExchangeBus.Procedures;
using ExchangeBus.Schemas;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus;

/// <summary>The whole bus in the order in which an event walks through it.</summary>
public static class ExchangeBusRegistration
{
    /// <summary>Adds what the roles of this host need.</summary>
    public static IServiceCollection AddExchangeBus(this IServiceCollection services, IConfiguration configuration, IReadOnlySet<BusRole> roles)
    {
        services.AddPlatform(configuration);
        services.AddAgencies(configuration);
        services.AddChecks(configuration);
        services.AddEventLog(configuration);
        // After the log has a place for today: a change of what is configured is an event.
        services.AddSubscriptions();
        if (roles.Contains(BusRole.Gateway))
            services.AddIntake(configuration).AddSchemas();
        if (roles.Contains(BusRole.Delivery))
            services.AddDelivery().AddLogRetention();
        if (roles.Contains(BusRole.Procedures))
            services.AddProcedures(configuration);
        if (roles.Contains(BusRole.Dispatch))
            services.AddDispatch(configuration).AddBrokerRights();
        if (roles.Contains(BusRole.Console))
            services.AddConsole();
        return services;
    }

    /// <summary>Maps the routes of this host's roles.</summary>
    public static IEndpointRouteBuilder MapExchangeBus(this IEndpointRouteBuilder routes, IReadOnlySet<BusRole> roles)
    {
        if (roles.Contains(BusRole.Gateway) || roles.Contains(BusRole.Delivery))
            routes.MapAgencies().MapSubscriptions();
        if (roles.Contains(BusRole.Gateway))
            routes.MapIntake().MapSchemas();
        if (roles.Contains(BusRole.Delivery))
            routes.MapDelivery();
        if (roles.Contains(BusRole.Procedures))
            routes.MapProcedures();
        if (roles.Contains(BusRole.Console))
            routes.MapConsole();
        return routes;
    }
}
