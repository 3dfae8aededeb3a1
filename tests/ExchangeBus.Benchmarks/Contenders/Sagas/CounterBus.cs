using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>A host with the saga on one quorum queue and the consumer of its messages on another, in a virtual host of its own.</summary>
internal sealed class CounterBus : IAsyncDisposable
{
    private const int Counters = 4000;

    /// <summary>Messages fetched ahead per message in work.</summary>
    internal const int PrefetchFactor = 4;

    private readonly Guid[] _counters = [.. Enumerable.Range(0, Counters).Select(_ => Guid.CreateVersion7())];
    private readonly IHost _host;
    private readonly IBus _bus;
    private volatile Action<long>? _received;

    private CounterBus(ICounterStore store, Uri broker, int concurrency)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<MassTransitHostOptions>(x => x.WaitUntilStarted = true);
        builder.Services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            var saga = x.AddSagaStateMachine<CounterMachine, Counter>();
            saga.Endpoint(e => (e.Name, e.ConcurrentMessageLimit, e.PrefetchCount) = ("counter", concurrency, concurrency * PrefetchFactor));
            x.AddConfigureEndpointsCallback((_, _, endpoint) => ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQuorumQueue());
            store.Register(builder.Services, x, saga);
            x.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(broker);
                configurator.ReceiveEndpoint("counted", Receive);
                configurator.ConfigureEndpoints(context);
            });
        });
        _host = builder.Build();
        _bus = _host.Services.GetRequiredService<IBus>();
    }

    internal static async Task<CounterBus> StartAsync(LocalServerSet servers, ICounterStore store, int concurrency, CancellationToken cancellationToken)
    {
        await store.CreateAsync(cancellationToken);
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, $"saga_{Guid.CreateVersion7():N}");
        var bus = new CounterBus(store, broker, concurrency);
        await store.PrepareAsync(bus._host.Services, cancellationToken);
        await bus._host.StartAsync(cancellationToken);
        return bus;
    }

    /// <summary>Numbers that arrive from now on are told to this.</summary>
    internal void Use(Action<long> received) => _received = received;

    /// <summary>Returns when the broker has confirmed.</summary>
    internal Task PublishAsync(long number, CancellationToken cancellationToken) =>
        _bus.Publish(new CountOne(_counters[number % Counters], number), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private void Receive(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 256;
        endpoint.ConcurrentMessageLimit = 64;
        endpoint.Handler<Counted>(context =>
        {
            _received?.Invoke(context.Message.Number);
            return Task.CompletedTask;
        });
    }
}
