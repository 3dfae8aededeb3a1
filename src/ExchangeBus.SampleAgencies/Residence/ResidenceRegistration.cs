using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>The residence registry.</summary>
internal static class ResidenceRegistration
{
    internal static void AddResidence(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<ResidenceOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ITypeHandler, AskHouseholdHeadHandler>();
        services.AddSingleton<ITypeHandler, RegisterPermanentResidenceHandler>();
        services.AddSingleton<ITypeHandler, DeletePermanentResidenceHandler>();
        services.AddSingleton<ITypeHandler, RestorePermanentResidenceHandler>();
    }
}
