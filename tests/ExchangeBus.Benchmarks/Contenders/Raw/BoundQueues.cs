using RabbitMQ.Client;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>A fanout exchange with quorum queues bound to it, looked at and emptied from outside.</summary>
internal sealed class BoundQueues : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private const int MostLooks = 200;

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private BoundQueues(IConnection connection, IChannel channel, IReadOnlyList<string> names) => (_connection, _channel, Names) = (connection, channel, names);

    internal IReadOnlyList<string> Names { get; }

    internal static async Task<BoundQueues> DeclareAsync(Uri broker, string exchange, int count, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        var names = Enumerable.Range(0, count).Select(i => $"{exchange}.queue.{i}").ToArray();
        foreach (var name in names)
        {
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
            await channel.QueueBindAsync(name, exchange, "", cancellationToken: cancellationToken);
        }

        return new BoundQueues(connection, channel, names);
    }

    /// <summary>How many messages the first queue holds, once it holds as many as expected or the time for that is over; then it is emptied.</summary>
    internal async Task<long> CountAndEmptyAsync(long expected, CancellationToken cancellationToken)
    {
        // A quorum queue's count lags behind its confirms by a moment.
        var count = await _channel.MessageCountAsync(Names[0], cancellationToken);
        for (var look = 0; count < expected && look < MostLooks; look++)
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
            count = await _channel.MessageCountAsync(Names[0], cancellationToken);
        }

        await _channel.QueuePurgeAsync(Names[0], cancellationToken);
        return count;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
