using ExchangeBus.Checks;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Release;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;
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
        services.AddHostedService<SubscriptionProvisioning>();
        services.AddHostedService<RuleWatch>();
        return services;
    }
}
