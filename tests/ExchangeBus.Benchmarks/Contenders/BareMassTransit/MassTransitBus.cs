using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Benchmarks.Contenders.BareMassTransit;

/// <summary>MassTransit as it comes: no outbox, no inbox, no checks, quorum queues, publisher confirms.</summary>
internal sealed class MassTransitBus : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly IBusControl _bus;
    private volatile Ledger? _ledger;

    private MassTransitBus(Uri broker, int endpoints)
    {
        Broker = broker;
        var user = broker.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.UsingRabbitMq((_, configurator) =>
            {
                configurator.Host(broker.Host, (ushort)broker.Port, broker.AbsolutePath.TrimStart('/'), h =>
                {
                    h.Username(user[0]);
                    h.Password(user[1]);
                });
                for (var i = 0; i < endpoints; i++)
                    Receive(configurator, i);
            });
        });
        _provider = services.BuildServiceProvider();
        _bus = _provider.GetRequiredService<IBusControl>();
    }

    internal static async Task<MassTransitBus> StartAsync(LocalServerSet servers, int endpoints, CancellationToken cancellationToken)
    {
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, $"masstransit_{Guid.CreateVersion7():N}");
        var bus = new MassTransitBus(broker, endpoints);
        await bus._bus.StartAsync(cancellationToken);
        return bus;
    }

    internal Uri Broker { get; }

    /// <summary>Deliveries from now on are ticked off here.</summary>
    internal void Use(Ledger ledger) => _ledger = ledger;

    /// <summary>Publishes, each caller awaiting the broker's confirm, until the ledger's time is over.</summary>
    internal Task PublishAsync(Ledger ledger, int callers, CancellationToken cancellationToken) =>
        Callers.RunAsync(callers, async () =>
        {
            while (ledger.TryTake(out var number))
                await _bus.Publish(BirthNotice.Create(number), cancellationToken);
        });

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync(CancellationToken.None);
        await _provider.DisposeAsync();
    }

    private void Receive(IRabbitMqBusFactoryConfigurator configurator, int index) =>
        configurator.ReceiveEndpoint($"births.{index}", endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.PrefetchCount = 256;
            endpoint.ConcurrentMessageLimit = 64;
            endpoint.Handler<BirthNotice>(context =>
            {
                _ledger?.Received(index, context.Message.Number);
                return Task.CompletedTask;
            });
        });
}
