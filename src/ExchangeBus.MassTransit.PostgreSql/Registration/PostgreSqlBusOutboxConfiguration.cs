using MassTransit;
using MassTransit.Configuration;
using MassTransit.DependencyInjection;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Puts the outbox and the scheduler in front of what a scope publishes, sends and schedules outside of consumers.</summary>
public static class PostgreSqlBusOutboxConfiguration
{
    /// <summary>
    /// What the <see cref="IPublishEndpoint"/> and <see cref="ISendEndpointProvider"/> of a scope are given waits for <see cref="ScopedOutbox.CommitAsync(CancellationToken)"/>.
    /// Request clients send at once, as without it.
    /// </summary>
    /// <param name="configurator">The bus.</param>
    public static void UsePostgreSqlBusOutbox(this IBusRegistrationConfigurator configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.ReplaceScoped<IScopedBusContextProvider<IBus>, ScopedOutboxBusContextProvider<IBus>>();
    }

    /// <summary>
    /// Adds an <see cref="IMessageScheduler"/> for code outside of consumers. It schedules and cancels at once, or with the scope's outbox where
    /// <see cref="UsePostgreSqlBusOutbox"/> is used, or with the message where a consumer injects it. Consumers and sagas that use their context need no registration.
    /// </summary>
    /// <param name="configurator">The bus.</param>
    public static void AddPostgreSqlMessageScheduler(this IBusRegistrationConfigurator configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.AddScoped<IMessageScheduler>(provider =>
        {
            var endpoints = provider.GetRequiredService<ISendEndpointProvider>();
            var units = ActivatorUtilities.CreateInstance<ScheduleUnits>(provider, (Func<UnitOfWork?>)(() => CurrentUnit(provider)));
            return new MessageScheduler(new PostgreSqlScheduleMessageProvider(endpoints, units), provider.GetRequiredService<IBus>().Topology);
        });
    }

    /// <summary>
    /// Offers the PostgreSQL scheduler on every endpoint of the bus, also on those without the outbox, for example those of MassTransit's job service.
    /// </summary>
    /// <param name="configurator">The bus.</param>
    /// <param name="context">The context that <c>Using…</c> gives.</param>
    public static void UsePostgreSqlMessageScheduler(this IBusFactoryConfigurator configurator, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(context);
        configurator.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(context.GetRequiredService<SchedulerFilter>()));
    }

    private static UnitOfWork? CurrentUnit(IServiceProvider provider)
    {
        var consuming = provider.GetRequiredService<IScopedConsumeContextProvider>();
        if (consuming.HasContext)
            return consuming.GetContext().TryGetPayload(out IUnitOfWorkContext? outbox) ? outbox.Unit : null;
        return provider.GetRequiredService<IScopedBusContextProvider<IBus>>().Context is ScopedOutboxBusContext
            ? provider.GetRequiredService<ScopedOutbox>().Collector.Unit
            : null;
    }
}
