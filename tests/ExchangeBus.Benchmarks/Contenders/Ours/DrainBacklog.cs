using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Benchmarks.Works;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>Live traffic first; then the subscriber is away while a backlog is published, and comes back when nobody publishes any more.</summary>
internal sealed class DrainBacklog(LocalServerSet servers, int backlog) : IContender
{
    private BenchmarkBus? _bus;

    public string Name => "ours, backlog to one AMQP subscriber";

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await BenchmarkBus.StartWithoutSubscribersAsync(servers, 1);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        await _bus!.StartSubscribersAsync(cancellationToken);
        var live = new Ledger(load with { Duration = load.Duration / 3 }, subscribers: 1);
        _bus.Use(live);
        await _bus.Publisher.PublishInBatchesAsync(live, DeliverWork.BatchCallers, DeliverWork.BatchSize, cancellationToken);
        var rate = (await live.CompleteAsync(cancellationToken)).PerSecond;
        await _bus.StopSubscribersAsync();

        var away = new Ledger(new Load(TimeSpan.FromMinutes(5), load.First + live.Sent), subscribers: 1, most: backlog);
        await _bus.Publisher.PublishInBatchesAsync(away, DeliverWork.BatchCallers, DeliverWork.BatchSize, cancellationToken);

        var drained = away.FromNow();
        _bus.Use(drained);
        await _bus.StartSubscribersAsync(cancellationToken);
        var outcome = await drained.CompleteAsync(cancellationToken);
        await _bus.StopSubscribersAsync();
        return outcome with { Figures = [new("live deliveries/s", rate), new("drained / live", outcome.PerSecond / rate)] };
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;
}
