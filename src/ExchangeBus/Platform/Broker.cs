using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace ExchangeBus.Platform;

/// <summary>One AMQP connection of this process, opened when first needed and opened again when it was lost.</summary>
internal sealed class Broker(IOptions<BrokerOptions> options) : IAsyncDisposable
{
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private IConnection? _connection;

    /// <summary>
    /// Connects, or gives up in time. Left alone, RabbitMQ.Client 7.2 waits for ever at an address that takes the connection and says nothing, whatever its
    /// own timeouts are, and for 5 s after it was told to stop.
    /// </summary>
    /// <exception cref="TimeoutException">Nobody answered within <paramref name="longest"/>.</exception>
    internal static async Task<IConnection> ConnectAsync(ConnectionFactory factory, TimeSpan longest, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        var connecting = factory.CreateConnectionAsync(limit.Token);
        var isTaken = false;
        try
        {
            var connection = await connecting.WaitAsync(limit.Token);
            isTaken = true;
            return connection;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"RabbitMQ does not answer within {longest.TotalSeconds:0} s.");
        }
        finally
        {
            _ = LetGoAsync(connecting, isTaken, limit);
        }
    }

    internal async Task<IChannel> OpenChannelAsync(CreateChannelOptions? channelOptions, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        return await connection.CreateChannelAsync(channelOptions, cancellationToken);
    }

    private static async Task LetGoAsync(Task<IConnection> connecting, bool isTaken, CancellationTokenSource limit)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // It came after all, when nobody waited for it any more.
        if (connecting.IsCompletedSuccessfully && !isTaken)
            await (await connecting).DisposeAsync();
        limit.Dispose();
    }

    private async Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { IsOpen: true } open)
            return open;
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsOpen: true } opened)
                return opened;
            if (_connection is not null)
                await _connection.DisposeAsync();
            var factory = new ConnectionFactory
            {
                Uri = new Uri(options.Value.Uri),
                // Every user of a channel starts again from PostgreSQL's word, so the client's own recovery would only get in the way.
                AutomaticRecoveryEnabled = false,
                TopologyRecoveryEnabled = false,
                ClientProvidedName = "exchangebus",
                ConsumerDispatchConcurrency = 1,
            };
            return _connection = await ConnectAsync(factory, LongestConnecting, cancellationToken);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _opening.Dispose();
    }
}
