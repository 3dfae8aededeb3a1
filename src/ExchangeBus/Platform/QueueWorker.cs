using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Platform;

/// <summary>A message as a worker sees it; the body is its own copy, and empty where it is longer than the worker takes.</summary>
internal sealed record Delivered(ulong Tag, string? UserId, string? MessageId, int Length, byte[] Body)
{
    /// <summary>Why it is a dead letter; null when it is none.</summary>
    internal Death? Death { get; private init; }

    /// <summary>Copies a message; of one whose body is longer than <paramref name="maxBytes"/>, only how long it is.</summary>
    internal static Delivered Of(BasicDeliverEventArgs message, int maxBytes) => new(
        message.DeliveryTag, message.BasicProperties.UserId, message.BasicProperties.MessageId, message.Body.Length,
        message.Body.Length > maxBytes ? [] : message.Body.ToArray())
    {
        Death = Death.Of(message.BasicProperties),
    };
}

/// <summary>
/// Consumes one of the bus's own queues in the batches that happen to be there, and starts again when the broker was away.
/// The worker itself acknowledges; what it has not acknowledged comes again.
/// </summary>
internal abstract class QueueWorker(Broker broker, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private bool _hasStopped;

    protected abstract string Queue { get; }

    protected abstract ushort Prefetch { get; }

    /// <summary>Bytes of the longest body that the worker reads. With <see cref="Prefetch"/> it bounds what the worker holds.</summary>
    protected abstract int MaxBodyBytes { get; }

    protected TimeProvider Time => time;

    /// <summary>Handles messages in queue order; the channel confirms publishes.</summary>
    protected abstract Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken);

    /// <summary>Declares what the worker needs, also after it was deleted.</summary>
    protected abstract Task PrepareAsync(IChannel channel, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Once for an outage, however long it lasts.
                if (!_hasStopped)
                    logger.WorkerStopped(Queue, e);
                _hasStopped = true;
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    internal static bool IsTransient(Exception e) => e
        is RabbitMQClientException or IOException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException
        or OperationCanceledException or ChannelClosedException or Npgsql.NpgsqlException;

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        await using var channel = await broker.OpenChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        await PrepareAsync(channel, cancellationToken);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellationToken);

        var arrived = Channel.CreateUnbounded<Delivered>(new UnboundedChannelOptions { SingleReader = true });
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            arrived.Writer.TryWrite(Delivered.Of(e, MaxBodyBytes));
            return Task.CompletedTask;
        };
        // RabbitMQ cancels the consumers of a queue that is deleted, and leaves the channel open.
        consumer.UnregisteredAsync += (_, _) =>
        {
            arrived.Writer.TryComplete(new IOException($"The broker ended the consumption of {Queue}."));
            return Task.CompletedTask;
        };
        channel.ChannelShutdownAsync += (_, e) =>
        {
            arrived.Writer.TryComplete(new IOException($"The broker closed the channel: {e.ReplyText}"));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellationToken);
        if (_hasStopped)
            logger.WorkerRunsAgain(Queue);
        _hasStopped = false;

        var batch = new List<Delivered>();
        while (await arrived.Reader.WaitToReadAsync(cancellationToken))
        {
            batch.Clear();
            while (batch.Count < Prefetch && arrived.Reader.TryRead(out var delivered))
                batch.Add(delivered);
            await HandleAsync(batch, channel, cancellationToken);
        }
    }
}
