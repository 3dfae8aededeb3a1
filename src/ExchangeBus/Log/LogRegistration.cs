using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Log;

/// <summary>The append-only event log.</summary>
public static class LogRegistration
{
    /// <summary>Adds writing to the log and following it.</summary>
    public static IServiceCollection AddEventLog(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LogOptions>().Bind(configuration.GetSection("Log")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LogDays>();
        services.AddHostedService<LogDaysAhead>();
        services.AddSingleton<LogTail>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<HeldBound>();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<HeldEvents>();
        services.AddSingleton<SuspectedDuplicates>();
        services.AddSingleton<EventLog>();
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        services.AddHostedService<LogFollower>();
        services.AddSingleton<OrderKeys>();
        return services;
    }

    /// <summary>Adds the end of old days, for a host that knows who needs them still.</summary>
    public static IServiceCollection AddLogRetention(this IServiceCollection services)
    {
        services.AddHostedService<LogRetention>();
        return services;
    }
}
