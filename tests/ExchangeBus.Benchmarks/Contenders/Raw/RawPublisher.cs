using ExchangeBus.Benchmarks.Measuring;
using RabbitMQ.Client;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>RabbitMQ.Client as fast as it publishes with confirms: one channel, confirms tracked here, at most 256 of them outstanding.</summary>
internal sealed class RawPublisher : IAsyncDisposable
{
    private const int Window = 256;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _exchange;
    private readonly BasicProperties _properties = new() { ContentType = "application/cloudevents+json", DeliveryMode = DeliveryModes.Persistent };
    private readonly SemaphoreSlim _room = new(Window);
    private readonly Lock _lock = new();
    private readonly bool[] _confirmed = new bool[Window];
    private ulong _oldest = 1;
    private volatile bool _refused;

    private RawPublisher(IConnection connection, IChannel channel, string exchange)
    {
        (_connection, _channel, _exchange) = (connection, channel, exchange);
        channel.BasicAcksAsync += (_, e) =>
        {
            Confirm(e.DeliveryTag, e.Multiple);
            return Task.CompletedTask;
        };
        channel.BasicNacksAsync += (_, e) =>
        {
            _refused = true;
            Confirm(e.DeliveryTag, e.Multiple);
            return Task.CompletedTask;
        };
    }

    internal static async Task<RawPublisher> StartAsync(Uri broker, string exchange, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        return new RawPublisher(connection, channel, exchange);
    }

    /// <summary>Publishes until the ledger's time is over and every message is confirmed.</summary>
    internal async Task PublishAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        while (ledger.TryTake(out var number))
        {
            await _room.WaitAsync(cancellationToken);
            await _channel.BasicPublishAsync(_exchange, "", mandatory: true, _properties, BirthEvent.Create(number), cancellationToken);
        }

        for (var i = 0; i < Window; i++)
            await _room.WaitAsync(cancellationToken);
        _room.Release(Window);
        if (_refused)
            throw new WrongOutcomeException("RabbitMQ refused a message of the raw publisher.");
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _room.Dispose();
    }

    // The window is counted from the oldest that is not confirmed, so a slot is never needed by two.
    private void Confirm(ulong tag, bool multiple)
    {
        var released = 0;
        lock (_lock)
        {
            for (var t = multiple ? _oldest : tag; t <= tag; t++)
                _confirmed[t % Window] = true;
            while (_confirmed[_oldest % Window])
            {
                _confirmed[_oldest++ % Window] = false;
                released++;
            }
        }

        if (released > 0)
            _room.Release(released);
    }
}
