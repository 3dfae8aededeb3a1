using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>What both payers do.</summary>
internal static class AllowancesRegistration
{
    internal static void AddAllowances(this IServiceCollection services, IConfigurationSection section, Payer payer)
    {
        services.AddOptions<AllowanceOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(payer);
        services.AddSingleton<ITypeHandler, DecideFuneralAllowanceHandler>();
        services.AddSingleton<ITypeHandler, RememberOtherPayerHandler>();
        services.AddSingleton<ITypeHandler, StopAllowanceHandler>();
    }
}
