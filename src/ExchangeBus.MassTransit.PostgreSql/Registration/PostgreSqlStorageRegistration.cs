using System.ComponentModel.DataAnnotations;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Adds the storage to a container.</summary>
public static class PostgreSqlStorageRegistration
{
    /// <summary>
    /// Adds the storage of sagas, inbox, outbox and scheduled messages, and the background work that belongs to it. Call it once, beside <c>AddMassTransit</c>.
    /// Create the tables with <see cref="PostgreSqlStorage.CreateSchemaAsync"/> before the host starts.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Sets the options.</param>
    /// <exception cref="ValidationException">An option is out of its bounds.</exception>
    public static IServiceCollection AddPostgreSqlStorage(this IServiceCollection services, Action<PostgreSqlStorageOptions>? configure = null)
    {
        var options = new PostgreSqlStorageOptions();
        configure?.Invoke(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);

        services.AddSingleton(typeof(StorageLogger<>));
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageDataSource>();
        services.AddSingleton(x => new PostgreSqlStorage(
            options, x.GetRequiredService<StorageDataSource>(), x.GetServices<ISagaTable>()));

        services.AddSingleton<DatabaseAvailability>();
        services.AddSingleton<DatabaseRetryPolicy>();
        services.AddSingleton<OutgoingMessageFactory>();
        services.AddSingleton<OutgoingMessageSender>();
        services.AddSingleton<OutboxRows>();
        services.AddSingleton<OutboxDelivery>();
        services.AddSingleton<DeliveriesUnderWay>();
        services.AddBusObserver(x => x.GetRequiredService<DeliveriesUnderWay>());
        services.TryAddSingleton<IOutgoingMessageStore, OutboxTable>();

        services.AddSingleton(x => new BusOutbox(x.GetRequiredService<IServiceScopeFactory>()));
        services.AddScoped<OutboxCollector>();
        services.AddScoped(x => new ScopedOutbox(x.GetRequiredService<OutboxCollector>(), x.GetRequiredService<StorageLogger<ScopedOutbox>>()));
        services.AddSingleton<SchedulerSignal>();
        services.AddSingleton<UnitWriter>();
        services.AddSingleton<UnitCommitter>();
        services.AddSingleton<InboxReader>();
        services.AddSingleton<TransitionRecorder>();
        services.AddSingleton<KeyLocks<(Type, Guid)>>();
        services.AddScoped<IOutboxContextFactory<UnitOfWork>, OutboxContextFactory>();
        services.AddSingleton<SchedulerFilter>();

        services.AddSingleton<OutboxCoverage>();
        services.AddSingleton<IHostedService, OutboxCoverageCheck>();
        services.AddSingleton<IHostedService, SchemaCheck>();
        services.AddSingleton<OutboxSweep>();
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<OutboxSweep>());
        services.AddSingleton<InboxPartitions>();
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<InboxPartitions>());
        services.AddSingleton<ScheduledMessages>();
        services.AddSingleton<IHostedService>(x => x.GetRequiredService<ScheduledMessages>());
        return services;
    }
}
