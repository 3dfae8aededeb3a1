using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ExchangeBus.Dispatch;

/// <summary>
/// :: Step 4 of the walk, for one partition of one subscription: reads the log in order, publishes what the subscription
/// wants into its queue, and moves the position over what the broker has confirmed.
/// </summary>
internal sealed class PartitionPump(
    Subscription subscription, Position start, Broker broker, LogReader log, DispatchOptions options, int deliveryLimit, TimeProvider time, ILogger logger)
{
    private const int Page = 256;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly BasicProperties _properties = new() { ContentType = CloudEventJson.MediaType, DeliveryMode = DeliveryModes.Persistent };
    private Unconfirmed _unconfirmed = new(options.UnconfirmedWindow, start.Read, start.Delivered);
    private volatile TaskCompletionSource? _startAgain;
    private volatile CancellationTokenSource? _leave;
    private bool _hasStopped;

    internal Subscription Subscription => subscription;

    internal int Partition => start.Partition;

    /// <summary>What is published and not acknowledged, and the check whether the queue still holds it.</summary>
    internal RefillWatch Watch { get; } = new(options, start, time);

    /// <summary>What to write down now.</summary>
    internal (Position Position, long Deliveries) Take()
    {
        var (read, delivered, deliveries) = _unconfirmed.Take();
        return (new Position(subscription.Name, start.Partition, read, delivered, 0), deliveries);
    }

    /// <summary>Leaves the channel and begins after another position; used when deliveries were lost on the way.</summary>
    internal async Task StartAgainAsync(Position position, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _startAgain = stopped;
        // The pump may wait for a confirm that never comes.
        if (_leave is { } leave)
            await leave.CancelAsync();
        await stopped.Task.WaitAsync(cancellationToken);
        _unconfirmed = new Unconfirmed(options.UnconfirmedWindow, position.Read, position.Delivered);
        Watch.StartAgain(position);
        _startAgain = null;
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                // Asked while the broker was away: begin again from there at once.
                await LeftAsync(cancellationToken);
                await PumpAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (_startAgain is not null)
            {
                // Asked to leave while it waited for the broker.
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently: whoever waits for these events would wait for ever.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Once for an outage, however long it lasts.
                if (!_hasStopped)
                    logger.PumpStopped(subscription.Name, start.Partition, e);
                _hasStopped = true;
                await Task.Delay(AfterFailure, time, cancellationToken);
            }
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        // Confirms are tracked here: the client's own tracking costs a task for each message and puts a header on the wire.
        await using var channel = await broker.OpenChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        var queue = subscription.QueueOf(start.Partition);
        await Topology.DeclareQueueAsync(channel, queue, deliveryLimit, subscription.SingleActiveConsumer, cancellationToken);
        _hasStopped = false;

        var (read, delivered, deliveries) = _unconfirmed.Take();
        var unconfirmed = new Unconfirmed(options.UnconfirmedWindow, read, delivered);
        unconfirmed.Carry(deliveries);
        _unconfirmed = unconfirmed;
        var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _leave = broken;
        channel.BasicAcksAsync += (_, e) => { unconfirmed.Confirm(e.DeliveryTag, e.Multiple); return Task.CompletedTask; };
        // A full queue, or a queue that was deleted: begin again from what was confirmed.
        channel.BasicNacksAsync += (_, _) => Break();
        channel.BasicReturnAsync += (_, _) => Break();
        channel.ChannelShutdownAsync += (_, _) => broken.CancelAsync();
        await PublishAsync(channel, queue, unconfirmed, read, delivered, broken.Token);

        Task Break()
        {
            // RabbitMQ confirms a returned message too, right after the return; that is no delivery.
            unconfirmed.Freeze();
            return broken.CancelAsync();
        }
    }

    private async Task PublishAsync(IChannel channel, string queue, Unconfirmed unconfirmed, long read, long previous, CancellationToken cancellationToken)
    {
        var page = new List<LoggedEvent>(Page);
        var since = DateTimeOffset.MinValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await LeftAsync(cancellationToken))
                return;
            await log.ReadAsync(read, since, page, Page, cancellationToken);
            foreach (var logged in page)
            {
                read = logged.Sequence;
                since = logged.RecordedAt;
                if (!subscription.Wants(logged, start.Partition))
                    continue;
                await unconfirmed.RoomAsync().WaitAsync(cancellationToken);
                Watch.Published(logged.Sequence);
                unconfirmed.Add(logged.Sequence);
                await channel.BasicPublishAsync("", queue, mandatory: true, _properties, DeliveryBody.Of(logged, previous), cancellationToken);
                previous = logged.Sequence;
            }

            unconfirmed.ReadUpTo(read);
            if (page.Count == 0)
                await Task.WhenAny(log.GrownAsync(read), Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken));
            while (Watch.IsFull && _startAgain is null)
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    private async Task<bool> LeftAsync(CancellationToken cancellationToken)
    {
        if (_startAgain is not { } asked)
            return false;
        asked.TrySetResult();
        while (_startAgain is not null)
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        return true;
    }
}
