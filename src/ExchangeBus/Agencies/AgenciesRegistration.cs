using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Agencies;

/// <summary>Who may speak on the bus.</summary>
public static class AgenciesRegistration
{
    /// <summary>Adds the agencies of configuration section <c>Bus</c>.</summary>
    public static IServiceCollection AddAgencies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AgenciesOptions>().Bind(configuration.GetSection("Bus")).Validate(AreValid, "A configured agency is not valid.").ValidateOnStart();
        services.AddSingleton<AgencyStore>();
        services.AddSingleton<AgencyDirectory>();
        services.AddHttpClient<BrokerUsers>();
        services.AddHostedService<AgencyProvisioning>();
        return services;
    }

    private static bool AreValid(AgenciesOptions options)
    {
        IEnumerable<object> all = options.Agencies.SelectMany(a => (IEnumerable<object>)[a, .. a.Systems, .. a.Subscriptions]);
        return all.All(o => System.ComponentModel.DataAnnotations.Validator.TryValidateObject(
            o, new System.ComponentModel.DataAnnotations.ValidationContext(o), null, validateAllProperties: true));
    }
}
