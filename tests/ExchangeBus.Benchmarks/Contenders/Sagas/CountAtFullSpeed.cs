using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>As many saga steps as go, with the queue of the saga always filled and never long.</summary>
internal sealed class CountAtFullSpeed(LocalServerSet servers, ICounterStore store, int concurrency) : IContender
{
    private CounterBus? _bus;

    public string Name => $"{store.Name}, {Group}";

    public Side Side => store.Side;

    public string Group => $"{concurrency} at a time";

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await CounterBus.StartAsync(servers, store, concurrency, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        await store.BeginAsync(cancellationToken);
        // Publishing alone is several times faster than the saga: unbounded, it would take the processor for a queue that is emptied after the time is over.
        using var underWay = new ClosedModel(load, concurrency * CounterBus.PrefetchFactor);
        _bus!.Use(underWay.Ended);
        var outcome = await underWay.RunAsync(concurrency, number => _bus.PublishAsync(number, cancellationToken), cancellationToken);
        return outcome with { Figures = await store.EndAsync(underWay.Sent, cancellationToken) };
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        await store.DisposeAsync();
    }
}
