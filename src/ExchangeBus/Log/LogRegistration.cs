using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Log;

/// <summary>The append-only event log.</summary>
public static class LogRegistration
{
    /// <summary>Adds writing to the log and following it.</summary>
    public static IServiceCollection AddEventLog(this IServiceCollection services)
    {
        services.AddSingleton<LogTail>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<EventLog>();
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        services.AddHostedService<LogFollower>();
        services.AddSingleton<OrderKeys>();
        return services;
    }
}
