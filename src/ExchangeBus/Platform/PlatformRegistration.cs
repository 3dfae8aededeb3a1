using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Platform;

/// <summary>PostgreSQL and RabbitMQ as every feature uses them.</summary>
public static class PlatformRegistration
{
    /// <summary>Adds the data source, the broker connection, the clock, and the migrator.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        SqlMapper.AddTypeHandler(new InstantHandler());
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Postgres")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<BrokerOptions>().Bind(configuration.GetSection("RabbitMq")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => CreateDataSource(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton<Broker>();
        return services;
    }

    private static NpgsqlDataSource CreateDataSource(DatabaseOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var connection = builder.ConnectionStringBuilder;
        connection.MaxPoolSize = options.MaxConnections;
        connection.ApplicationName = "exchangebus";
        // No session state is ever set, so a returned connection needs no DISCARD ALL (one transaction per rent).
        connection.NoResetOnClose = true;
        // PostgreSQL believes arrays as parameters to be long, and would compile machine code for 30 ms to run a statement of 2 ms.
        connection.Options = $"{connection.Options} -c jit=off".TrimStart();
        connection.MaxAutoPrepare = 64;
        connection.AutoPrepareMinUsages = 2;
        return builder.Build();
    }
}
