using ExchangeBus.Benchmarks.Contenders.Raw;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.BareMassTransit;

/// <summary>MassTransit's publish alone into a quorum queue that nobody reads, counted against the queue.</summary>
internal sealed class PublishWithMassTransit(LocalServerSet servers, int callers) : IContender
{
    // The exchange that MassTransit publishes this type to.
    private static readonly string Exchange = $"{typeof(BirthNotice).Namespace}:{nameof(BirthNotice)}";
    private MassTransitBus? _bus;
    private BoundQueues? _queues;

    public string Name => "bare MassTransit, publish";

    public Side Side => Side.Rival;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _bus = await MassTransitBus.StartAsync(servers, endpoints: 0, cancellationToken);
        _queues = await BoundQueues.DeclareAsync(_bus.Broker, Exchange, 1, cancellationToken);
    }

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers: 0);
        await _bus!.PublishAsync(ledger, callers, cancellationToken);
        var elapsed = ledger.Elapsed;
        var stored = await _queues!.CountAndEmptyAsync(ledger.Sent, cancellationToken);
        return stored == ledger.Sent
            ? new Outcome(ledger.Sent, elapsed)
            : throw new WrongOutcomeException($"{Name}: {ledger.Sent} confirmed, {stored} in the queue.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_queues is not null)
            await _queues.DisposeAsync();
        if (_bus is not null)
            await _bus.DisposeAsync();
    }
}
