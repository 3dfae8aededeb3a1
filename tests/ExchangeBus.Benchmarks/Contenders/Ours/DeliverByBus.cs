using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>From POST /events until every subscriber has the event.</summary>
internal sealed class DeliverByBus(LocalServerSet servers, string name, int subscribers, Func<HttpPublisher, Ledger, CancellationToken, Task> publish) : IContender
{
    private BenchmarkBus? _bus;

    public string Name => name;

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await BenchmarkBus.StartAsync(servers, subscribers, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers);
        _bus!.Use(ledger);
        await publish(_bus.Publisher, ledger, cancellationToken);
        return await ledger.CompleteAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
