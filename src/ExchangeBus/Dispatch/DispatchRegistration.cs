using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ExchangeBus.Dispatch;

/// <summary>From the log to the subscribers' queues.</summary>
public static class DispatchRegistration
{
    /// <summary>Adds the dispatcher.</summary>
    public static IServiceCollection AddDispatch(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DispatchOptions>().Bind(configuration.GetSection("Dispatch")).ValidateDataAnnotations().ValidateOnStart();
        // The delivery role needs both too; a host that has both roles cuts once.
        services.TryAddSingleton<PositionStore>();
        services.TryAddSingleton<CutBodies>();
        services.AddHostedService<Dispatcher>();
        return services;
    }
}
