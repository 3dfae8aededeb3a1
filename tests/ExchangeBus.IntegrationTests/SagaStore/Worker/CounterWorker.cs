using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.MassTransit.RabbitMq;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>A host that counts from a quorum queue: in a process of its own, so that it can be killed, or within a test.</summary>
internal static class CounterWorker
{
    public const string Command = "count";
    public const string Ready = "ready";

    /// <summary>The whole life of a worker process.</summary>
    public static async Task RunAsync()
    {
        using var host = Build(CounterWorkerSettings.Read(), x => x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository()
            .Endpoint(e => e.Name = CounterBroker.Queue));
        await host.StartAsync();
        System.Console.WriteLine(Ready);
        // The pipe closes when the test process ends, however it ends.
        await System.Console.In.ReadToEndAsync();
        await host.StopAsync();
    }

    /// <summary>A host with the endpoints that are configured, all of them quorum queues behind the outbox.</summary>
    public static IHost Build(CounterWorkerSettings settings, Action<IBusRegistrationConfigurator> configure, Action<IServiceCollection>? services = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        services?.Invoke(builder.Services);
        builder.Services.AddSingleton(_ => settings.CreateDataSource());
        builder.Services.AddPostgreSqlStorage(x => (x.OutboxLease, x.Coalesce) = (settings.OutboxLease, settings.Coalesce));
        // Otherwise MassTransit cancels nothing when it stops, and waits for the handlers until the host gives up after half a minute.
        builder.Services.Configure<MassTransitHostOptions>(x => (x.WaitUntilStarted, x.ConsumerStopTimeout) = (true, TimeSpan.FromSeconds(2)));
        builder.Services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            configure(x);
            x.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                foreach (var (argument, value) in SafeQueues.Arguments(CounterBroker.DeadLetters, replicas: 1))
                    ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQueueArgument(argument, value);
                endpoint.PrefetchCount = 128;
                endpoint.ConcurrentMessageLimit = 64;
            });
            x.UsePostgreSqlOutboxOnEndpoints();
            x.WatchConnections();
            x.UsingRabbitMq((context, cfg) =>
            {
                cfg.Host(settings.AmqpUri, settings.Name);
                cfg.ConfigureEndpoints(context);
            });
        });
        return builder.Build();
    }
}
