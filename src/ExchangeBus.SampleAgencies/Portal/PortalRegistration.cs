using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>The one-stop portal.</summary>
internal static class PortalRegistration
{
    internal static void AddPortal(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<PortalOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DossierStore>();
        services.AddSingleton(provider => new PortalDesk(
            provider.GetRequiredService<DossierStore>(),
            provider.GetRequiredService<Client.Publishing.EventOutbox>(),
            provider.GetRequiredService<IOptions<Client.ClientOptions>>(),
            provider.GetRequiredService<IOptions<PortalOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CitizenDesk(
            provider.GetRequiredService<Speaker>(),
            provider.GetRequiredService<Npgsql.NpgsqlDataSource>(),
            provider.GetRequiredService<Client.Publishing.EventOutbox>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ITypeHandler, DossierProgressedHandler>();
        services.AddSingleton<ITypeHandler, SupplyWhatIsMissingHandler>();
        services.AddHostedService<DossierStream>();
    }
}
