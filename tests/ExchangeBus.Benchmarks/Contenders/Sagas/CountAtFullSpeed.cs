using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>As many saga steps as go, with the queue of the saga always filled and never long.</summary>
internal sealed class CountAtFullSpeed(LocalServerSet servers, ICounterStore store, int concurrency) : IContender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private CounterBus? _bus;

    public string Name => $"{store.Name}, {Group}";

    public Side Side => store.Side;

    public string Group => $"{concurrency} at a time";

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await CounterBus.StartAsync(servers, store, concurrency, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        await store.BeginAsync(cancellationToken);
        var ledger = new Ledger(load, subscribers: 1);
        // Publishing alone is several times faster than the saga: unbounded, it would take the processor for a queue that is emptied after the time is over.
        using var underWay = new SemaphoreSlim(concurrency * CounterBus.PrefetchFactor);
        _bus!.Use(number =>
        {
            if (ledger.Received(0, number))
                underWay.Release();
        });
        await Callers.RunAsync(concurrency, async () =>
        {
            while (await EnterAsync(underWay, cancellationToken) && ledger.TryTake(out var number))
                await _bus.PublishAsync(number, cancellationToken);
        });
        var outcome = await ledger.CompleteAsync(cancellationToken);
        return outcome with { Figures = await store.EndAsync(ledger.Sent, cancellationToken) };
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        await store.DisposeAsync();
    }

    private async Task<bool> EnterAsync(SemaphoreSlim underWay, CancellationToken cancellationToken) =>
        await underWay.WaitAsync(Patience, cancellationToken)
            ? true
            : throw new WrongOutcomeException($"{Name}: nothing has arrived for {Patience.TotalSeconds:0} s.");
}
