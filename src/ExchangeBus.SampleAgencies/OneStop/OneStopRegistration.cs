using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.OneStop;

/// <summary>The one-stop desk of a commune.</summary>
internal static class OneStopRegistration
{
    internal static void AddOneStop(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<OneStopOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ITypeHandler, CheckIntakeHandler>();
        services.AddSingleton<ITypeHandler, TakeSupplementHandler>();
    }
}
