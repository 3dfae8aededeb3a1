using ExchangeBus.Checks.Rules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExchangeBus.Checks;

/// <summary>Is the event known and valid?</summary>
public static class ChecksRegistration
{
    /// <summary>Adds the catalogue of types and the checks.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChecksOptions>().Bind(configuration.GetSection("Checks")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<ContractFiles>();
        services.AddSingleton<EventTypeCatalogue>();
        services.AddSingleton<RuleBook>();
        services.AddSingleton<EventChecks>();
        return services;
    }
}
