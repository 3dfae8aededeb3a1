using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>RabbitMQ.Client's publish with confirm until a consumer on every bound quorum queue has the message.</summary>
internal sealed class DeliverRaw(LocalServerSet servers, int subscribers) : IContender
{
    private const string Exchange = "raw";
    private readonly List<RawConsumer> _consumers = [];
    private BoundQueues? _queues;
    private RawPublisher? _publisher;
    private volatile Ledger? _ledger;

    public string Name => "raw RabbitMQ.Client, publish to consume";

    public Side Side => Side.Ceiling;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, $"raw_{Guid.CreateVersion7():N}");
        _queues = await BoundQueues.DeclareAsync(broker, Exchange, subscribers, cancellationToken);
        _publisher = await RawPublisher.StartAsync(broker, Exchange, cancellationToken);
        for (var i = 0; i < subscribers; i++)
            _consumers.Add(await ConsumeAsync(broker, i, cancellationToken));
    }

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers);
        _ledger = ledger;
        await _publisher!.PublishAsync(ledger, cancellationToken);
        return await ledger.CompleteAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
            await consumer.DisposeAsync();
        if (_publisher is not null)
            await _publisher.DisposeAsync();
        if (_queues is not null)
            await _queues.DisposeAsync();
    }

    private Task<RawConsumer> ConsumeAsync(Uri broker, int index, CancellationToken cancellationToken)
    {
        var newest = 0UL;
        return RawConsumer.StartAsync(
            new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false },
            _queues!.Names[index],
            (tag, body) =>
            {
                _ledger?.Received(index, BirthEvent.NumberOf(body.Span));
                Volatile.Write(ref newest, tag);
            },
            (_, _) => Task.FromResult(Interlocked.Exchange(ref newest, 0)),
            cancellationToken);
    }
}
