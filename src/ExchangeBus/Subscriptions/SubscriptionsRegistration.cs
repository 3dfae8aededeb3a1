using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Subscriptions;

/// <summary>Who gets which events.</summary>
public static class SubscriptionsRegistration
{
    /// <summary>Adds the subscriptions of configuration section <c>Bus</c>.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddSingleton<SubscriptionStore>();
        services.AddHostedService<SubscriptionProvisioning>();
        return services;
    }
}
