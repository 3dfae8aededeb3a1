using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Release;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Doors;
using ExchangeBus.Subscriptions.Expiry;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Subscriptions;

/// <summary>Who gets which events, and what of them.</summary>
public static class SubscriptionsRegistration
{
    /// <summary>Adds agreements and subscriptions, those of configuration section <c>Bus</c> among them.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SchemaFiles(provider.GetRequiredService<ContractFiles>()));
        services.AddSingleton(provider => new ReleasableTypes(provider.GetRequiredService<SchemaFiles>()));
        services.AddSingleton(provider => new Jurisdictions(provider.GetRequiredService<SchemaFiles>(), provider.GetRequiredService<RuleBook>()));
        services.AddSingleton<RuleChange>();
        services.AddSingleton<AgreementStore>();
        services.AddSingleton<SubscriptionStore>();
        services.AddSingleton<ConfiguredSubscriptions>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<DeliveryRules>();
        services.AddSingleton(provider => new LegalDocuments(provider.GetRequiredService<ContractFiles>()));
        services.AddSingleton<AgreementChecks>();
        services.AddSingleton<SubscriptionChecks>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<RuleCallers>();
        services.AddSingleton<AgreementDoor>();
        services.AddSingleton<SubscriptionDoor>();
        services.AddSingleton<BrokerRights>();
        services.AddHostedService<SubscriptionProvisioning>();
        services.AddHostedService<RuleWatch>();
        services.AddHostedService<ExpirySweep>();
        return services;
    }

    /// <summary>Adds that broker users follow the agreements; for one role of the host.</summary>
    public static IServiceCollection AddBrokerRights(this IServiceCollection services) => services.AddHostedService(provider => provider.GetRequiredService<BrokerRights>());

    /// <summary>Maps <c>/agreements</c> and <c>/subscriptions</c>: what may leave, and who asks for it.</summary>
    public static IEndpointRouteBuilder MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        var limit = new RequestSizeLimitAttribute(RuleRequest.MaxBytes);
        routes.MapGet("/agreements", (HttpContext context, AgreementDoor door) => door.ListAsync(context));
        routes.MapGet("/agreements/{id}", (string id, HttpContext context, AgreementDoor door) => door.GetAsync(id, context));
        routes.MapPost("/agreements", (HttpContext context, AgreementDoor door) => door.DraftAsync(context)).WithMetadata(limit);
        routes.MapPut("/agreements/{id}", (string id, HttpContext context, AgreementDoor door) => door.WriteAsync(id, context)).WithMetadata(limit);
        routes.MapPost("/agreements/{id}/state", (string id, HttpContext context, AgreementDoor door) => door.MoveAsync(id, context)).WithMetadata(limit);
        routes.MapGet("/subscriptions", (HttpContext context, SubscriptionDoor door) => door.ListAsync(context));
        routes.MapGet("/subscriptions/{name}", (string name, HttpContext context, SubscriptionDoor door) => door.GetAsync(name, context));
        routes.MapPost("/subscriptions", (HttpContext context, SubscriptionDoor door) => door.CreateAsync(context)).WithMetadata(limit);
        routes.MapPost("/subscriptions/dry-run", (HttpContext context, SubscriptionDoor door) => door.DryRunAsync(context)).WithMetadata(limit);
        routes.MapPut("/subscriptions/{name}", (string name, HttpContext context, SubscriptionDoor door) => door.WriteAsync(name, context)).WithMetadata(limit);
        routes.MapPost("/subscriptions/{name}/state", (string name, HttpContext context, SubscriptionDoor door) => door.MoveAsync(name, context)).WithMetadata(limit);
        return routes;
    }
}
