using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.Benchmarks.Contenders.Raw;

/// <summary>RabbitMQ.Client as fast as it consumes with acknowledgements: a wide prefetch, and one cumulative acknowledgement for what came in 20 ms.</summary>
internal sealed class RawConsumer : IAsyncDisposable
{
    private const ushort Prefetch = 2_000;
    private static readonly TimeSpan AcknowledgeEvery = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly IConnection _connection;
    private Task _acknowledging = Task.CompletedTask;

    private RawConsumer(IConnection connection) => _connection = connection;

    /// <param name="factory">Where, and as whom.</param>
    /// <param name="queue">Consumed from now on.</param>
    /// <param name="receive">Called in queue order; the bytes are the client's and only lent.</param>
    /// <param name="acknowledge">Says the newest tag that is done, 0 for none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal static async Task<RawConsumer> StartAsync(
        ConnectionFactory factory, string queue, Action<ulong, ReadOnlyMemory<byte>> receive, Func<IChannel, CancellationToken, Task<ulong>> acknowledge, CancellationToken cancellationToken)
    {
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        var consuming = new RawConsumer(connection);
        try
        {
            await consuming.ConsumeAsync(queue, receive, acknowledge, cancellationToken);
            return consuming;
        }
        catch
        {
            await consuming.DisposeAsync();
            throw;
        }
    }

    private async Task ConsumeAsync(
        string queue, Action<ulong, ReadOnlyMemory<byte>> receive, Func<IChannel, CancellationToken, Task<ulong>> acknowledge, CancellationToken cancellationToken)
    {
        var channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            receive(e.DeliveryTag, e.Body);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        _acknowledging = AcknowledgeAsync(channel, acknowledge);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _acknowledging.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AcknowledgeAsync(IChannel channel, Func<IChannel, CancellationToken, Task<ulong>> acknowledge)
    {
        while (true)
        {
            await Task.Delay(AcknowledgeEvery, TimeProvider.System, _stop.Token);
            if (await acknowledge(channel, _stop.Token) is > 0 and var tag)
                await channel.BasicAckAsync(tag, multiple: true, _stop.Token);
        }
    }
}
