using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.BareMassTransit;

/// <summary>MassTransit's publish until a handler on every endpoint has the message.</summary>
internal sealed class DeliverWithMassTransit(LocalServerSet servers, int subscribers, int callers) : IContender
{
    private MassTransitBus? _bus;

    public string Name => "bare MassTransit, publish to consume";

    public Side Side => Side.Rival;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await MassTransitBus.StartAsync(servers, subscribers, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers);
        _bus!.Use(ledger);
        await _bus.PublishAsync(ledger, callers, cancellationToken);
        return await ledger.CompleteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
