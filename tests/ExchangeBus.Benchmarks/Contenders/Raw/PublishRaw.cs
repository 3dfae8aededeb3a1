using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>RabbitMQ.Client's publish and confirm into a quorum queue that nobody reads, counted against the queue.</summary>
internal sealed class PublishRaw(LocalServerSet servers) : IContender
{
    private const string Exchange = "raw";
    private BoundQueues? _queues;
    private RawPublisher? _publisher;

    public string Name => "raw RabbitMQ.Client, publish";

    public Side Side => Side.Ceiling;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, $"raw_{Guid.CreateVersion7():N}");
        _queues = await BoundQueues.DeclareAsync(broker, Exchange, 1, cancellationToken);
        _publisher = await RawPublisher.StartAsync(broker, Exchange, cancellationToken);
    }

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers: 0);
        await _publisher!.PublishAsync(ledger, cancellationToken);
        var elapsed = ledger.Elapsed;
        var stored = await _queues!.CountAndEmptyAsync(ledger.Sent, cancellationToken);
        return stored == ledger.Sent
            ? new Outcome(ledger.Sent, elapsed)
            : throw new WrongOutcomeException($"{Name}: {ledger.Sent} confirmed, {stored} in the queue.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
            await _publisher.DisposeAsync();
        if (_queues is not null)
            await _queues.DisposeAsync();
    }
}
