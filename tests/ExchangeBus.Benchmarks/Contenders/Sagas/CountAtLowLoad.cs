using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>Saga steps that come evenly and seldom, so that none waits for another.</summary>
internal sealed class CountAtLowLoad(LocalServerSet servers, ICounterStore store, int concurrency, int perSecond) : IContender
{
    private CounterBus? _bus;

    public string Name => store.Name;

    public Side Side => store.Side;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await CounterBus.StartAsync(servers, store, concurrency, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        await store.BeginAsync(cancellationToken);
        var steps = new OpenModel(load, perSecond);
        _bus!.Use(steps.Received);
        await steps.SendAsync(number => _bus.PublishAsync(number, cancellationToken), cancellationToken);
        var outcome = await steps.CompleteAsync(cancellationToken);
        return outcome with { Figures = [.. outcome.Figures, .. await store.EndAsync(steps.Sent, cancellationToken)] };
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        await store.DisposeAsync();
    }
}
