using MassTransit;
using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Chooses PostgreSQL for sagas.</summary>
public static class PostgreSqlSagaRegistration
{
    /// <summary>Stores the instances of this saga in PostgreSQL. Needs <see cref="PostgreSqlStorageRegistration.AddPostgreSqlStorage"/>.</summary>
    /// <param name="configurator">The saga, as returned by <c>AddSagaStateMachine</c>.</param>
    /// <param name="configure">Sets table, search columns and behaviour.</param>
    public static ISagaRegistrationConfigurator<TSaga> PostgreSqlRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<PostgreSqlSagaOptions<TSaga>>? configure = null)
        where TSaga : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(configurator);
        var options = new PostgreSqlSagaOptions<TSaga>();
        configure?.Invoke(options);
        configurator.Repository(services =>
        {
            services.AddSingleton(x => new SagaTable<TSaga>(options, x.GetRequiredService<PostgreSqlStorageOptions>(), x));
            services.AddSingleton<ISagaTable>(x => x.GetRequiredService<SagaTable<TSaga>>());
            services.AddSingleton<SagaLoader<TSaga>>();
            services.AddSingleton<SagaQueries<TSaga>>();
            services.RegisterSagaRepository<TSaga, SagaSession<TSaga>, SagaConsumeContextFactory<SagaSession<TSaga>, TSaga>,
                PostgreSqlSagaRepositoryContextFactory<TSaga>>();
            services.RegisterLoadSagaRepository<TSaga, PostgreSqlSagaRepositoryContextFactory<TSaga>>();
            services.RegisterQuerySagaRepository<TSaga, PostgreSqlSagaRepositoryContextFactory<TSaga>>();
            EndpointCounter.Register<TSaga>(services);
        });
        return configurator;
    }

    /// <summary>Stores every saga in PostgreSQL that has no repository of its own.</summary>
    /// <param name="configurator">The bus.</param>
    public static void SetPostgreSqlSagaRepositoryProvider(this IRegistrationConfigurator configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetSagaRepositoryProvider(new Provider());
    }

    private sealed class Provider : ISagaRepositoryRegistrationProvider
    {
        public void Configure<TSaga>(ISagaRegistrationConfigurator<TSaga> configurator) where TSaga : class, ISaga =>
            configurator.PostgreSqlRepository();
    }
}
