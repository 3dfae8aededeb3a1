using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>The national population database.</summary>
internal static class PopulationRegistration
{
    internal static void AddPopulation(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<PopulationOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ITypeHandler, VerifyCitizenHandler>();
        services.AddSingleton<ITypeHandler, AssignPersonalIdHandler>();
        services.AddSingleton<ITypeHandler, MarkDeadHandler>();
        services.AddSingleton<ITypeHandler, MarkAliveHandler>();
        services.AddSingleton(provider => new PopulationDesk(provider.GetRequiredService<Speaker>(), provider.GetRequiredService<TimeProvider>()));
    }
}
