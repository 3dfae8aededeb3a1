using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Puts inbox, outbox and scheduler on endpoints.</summary>
public static class PostgreSqlOutboxConfiguration
{
    /// <summary>
    /// Handles each message of the endpoint once per consumer, sends what it sends after its state is committed, and offers the PostgreSQL scheduler.
    /// Also adds, outside of the outbox, the retry on lost races (<see cref="ConcurrencyException"/>) and on a lost database connection: 10 attempts in about 5 seconds.
    /// While the database cannot be reached, messages wait without an attempt being counted; when the host stops meanwhile, they return to their queue, at the latest after the bus's <c>ConsumerStopTimeout</c> (30 seconds by default).
    /// Call it before the consumers and sagas of the endpoint are configured, and after any retry or redelivery policy of your own.
    /// </summary>
    /// <param name="configurator">The endpoint.</param>
    /// <param name="context">The context that <c>ConfigureEndpoints</c> and <c>AddConfigureEndpointsCallback</c> are given.</param>
    public static void UsePostgreSqlOutbox(this IReceiveEndpointConfigurator configurator, IRegistrationContext context)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(context);
        // Before everything else on the endpoint: scheduled redelivery, which stands outside of the outbox, needs it too.
        configurator.AddPrePipeSpecification(new FilterPipeSpecification<ConsumeContext>(context.GetRequiredService<SchedulerFilter>()));
        configurator.UseMessageRetry(retry => retry.SetRetryPolicy(_ => context.GetRequiredService<DatabaseRetryPolicy>()));
        var observer = new OutboxConfigurationObserver(configurator, context, context.GetRequiredService<OutboxCoverage>());
        configurator.ConnectConsumerConfigurationObserver(observer);
        configurator.ConnectSagaConfigurationObserver(observer);
        configurator.ConnectActivityConfigurationObserver(observer);
    }

    /// <summary>Calls <see cref="UsePostgreSqlOutbox"/> on every endpoint that <c>ConfigureEndpoints</c> creates.</summary>
    /// <param name="configurator">The bus.</param>
    public static void UsePostgreSqlOutboxOnEndpoints(this IBusRegistrationConfigurator configurator)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UsePostgreSqlOutbox(context));
    }
}
