using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>The civil-status registry.</summary>
internal static class CivilStatusRegistration
{
    internal static void AddCivilStatus(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<CivilStatusOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ITypeHandler, RegisterBirthHandler>();
        services.AddSingleton<ITypeHandler, RegisterDeathHandler>();
        services.AddSingleton(provider => new CivilStatusDesk(provider.GetRequiredService<Speaker>(), provider.GetRequiredService<TimeProvider>()));
    }
}
