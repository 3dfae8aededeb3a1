using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ExchangeBus.Dispatch;

/// <summary>
/// :: Step 4 of the walk, for one partition of one subscription: reads the log in order, asks the rules of each place what the subscription gets, publishes
/// what they release into its queue, and moves the position over what the broker has confirmed.
/// </summary>
internal sealed class PartitionPump(
    Subscription subscription, Claimed claimed, DeliveryRules rules, CutBodies bodies, Broker broker, LogReader log, DispatchOptions options, int deliveryLimit, TimeProvider time,
    ILogger logger)
{
    private const int Page = 256;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly int _partition = claimed.Position.Partition;
    private readonly BasicProperties _properties = new() { ContentType = CloudEventJson.MediaType, DeliveryMode = DeliveryModes.Persistent };
    private readonly Tally _tally = new(claimed.Totals);
    private Unconfirmed? _unconfirmed;
    private volatile TaskCompletionSource? _startAgain;
    private volatile CancellationTokenSource? _leave;
    private Position _from = claimed.Position;
    private volatile TakenBack? _emptied;
    private long _takenBack = claimed.TakenBack;
    private long _published = claimed.Position.Delivered;
    private bool _hasStopped;

    internal Subscription Subscription => subscription;

    internal int Partition => _partition;

    /// <summary>What is published and not acknowledged, and the check whether the queue still holds it.</summary>
    internal RefillWatch Watch { get; } = new(options, claimed.Position, time);

    /// <summary>What to write down now.</summary>
    internal Claimed Progress
    {
        get
        {
            var (read, delivered) = Volatile.Read(ref _unconfirmed)?.Position ?? (_from.Read, _from.Delivered);
            return new Claimed(new Position(subscription.Name, _partition, read, delivered, 0), _tally.Now());
        }
    }

    /// <summary>The queue was emptied, and the position must be set back; null when it was not.</summary>
    internal TakenBack? TakenBack => _emptied;

    /// <summary>Leaves the channel and begins after another position; used when deliveries were lost on the way.</summary>
    internal async Task StartAgainAsync(Position position, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _startAgain = stopped;
        // The pump may wait for a confirm that never comes.
        if (_leave is { } leave)
            await leave.CancelAsync();
        await stopped.Task.WaitAsync(cancellationToken);
        _from = position;
        Volatile.Write(ref _unconfirmed, null);
        Watch.StartAgain(position);
        _takenBack = Math.Max(_takenBack, _emptied?.StoppedAt ?? 0);
        _emptied = null;
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
                    logger.PumpStopped(subscription.Name, _partition, e);
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
        var queue = subscription.QueueOf(_partition);
        await Topology.DeclareQueueAsync(channel, queue, deliveryLimit, subscription.SingleActiveConsumer, cancellationToken);
        _hasStopped = false;

        var (read, delivered) = _unconfirmed?.Position ?? (_from.Read, _from.Delivered);
        var unconfirmed = new Unconfirmed(options.UnconfirmedWindow, read, delivered, _tally);
        Volatile.Write(ref _unconfirmed, unconfirmed);
        _published = delivered;
        var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _leave = broken;
        channel.BasicAcksAsync += (_, e) => { unconfirmed.Confirm(e.DeliveryTag, e.Multiple); return Task.CompletedTask; };
        // A full queue, or a queue that was deleted: begin again from what was confirmed.
        channel.BasicNacksAsync += (_, _) => Break();
        channel.BasicReturnAsync += (_, _) => Break();
        channel.ChannelShutdownAsync += (_, _) => broken.CancelAsync();
        await CountUpToAsync(read, broken.Token);
        await PublishAsync(channel, queue, unconfirmed, read, delivered, broken.Token);

        Task Break()
        {
            // RabbitMQ confirms a returned message too, right after the return; that is no delivery.
            unconfirmed.Freeze();
            return broken.CancelAsync();
        }
    }

    /// <summary>
    /// Counts what was delivered before this node came and not written down as counted: the subscriber's word may be ahead of the node that has died.
    /// </summary>
    private async Task CountUpToAsync(long read, CancellationToken cancellationToken)
    {
        var page = new List<LoggedEvent>(Page);
        var set = await rules.ThroughAsync(0, cancellationToken);
        for (var (after, since) = (_tally.Now().Counted, DateTimeOffset.MinValue); after < read;)
        {
            await log.ReadAsync(after, since, page, Page, cancellationToken);
            if (page.Count == 0)
                break;
            foreach (var logged in page.TakeWhile(l => l.Sequence <= read))
            {
                if (DeliveryRules.IsChange(logged))
                    set = await rules.ThroughAsync(logged.Sequence, cancellationToken);
                if (Judge(set, logged) is not { } ruling)
                    continue;
                _tally.Judged(logged.Sequence, ruling.Kind);
                if (ruling.Kind == RulingKind.Deliver)
                    _tally.Handed(logged.Sequence);
            }

            (after, since) = (page[^1].Sequence, page[^1].RecordedAt);
        }

        _tally.LookedAt(read);
    }

    private async Task PublishAsync(IChannel channel, string queue, Unconfirmed unconfirmed, long read, long previous, CancellationToken cancellationToken)
    {
        var page = new List<LoggedEvent>(Page);
        var since = DateTimeOffset.MinValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await LeftAsync(cancellationToken) || !await FlowsAsync(channel, queue, cancellationToken))
                return;
            await log.ReadAsync(read, since, page, Page, cancellationToken);
            var set = rules.Current;
            foreach (var logged in page)
            {
                if (DeliveryRules.IsChange(logged))
                    set = await rules.ThroughAsync(logged.Sequence, cancellationToken);
                // The rest of the page is read again when deliveries may run again.
                if (set != rules.Current && !MayFlow(rules.Current))
                    break;
                (read, since) = (logged.Sequence, logged.RecordedAt);
                if (Judge(set, logged) is not { } ruling)
                    continue;
                if (ruling.Kind != RulingKind.Deliver)
                {
                    _tally.Judged(logged.Sequence, ruling.Kind);
                    continue;
                }

                await unconfirmed.RoomAsync().WaitAsync(cancellationToken);
                _tally.Judged(logged.Sequence, ruling.Kind);
                Watch.Published(logged.Sequence);
                unconfirmed.Add(logged.Sequence);
                await channel.BasicPublishAsync("", queue, mandatory: true, _properties, DeliveryBody.Of(logged, bodies.Of(logged, ruling.Cut!), previous), cancellationToken);
                _published = previous = logged.Sequence;
            }

            unconfirmed.ReadUpTo(read);
            _tally.LookedAt(read);
            if (page.Count == 0)
                await Task.WhenAny(log.GrownAsync(read), Task.Delay(LookEvery, time, cancellationToken));
            while (Watch.IsFull && _startAgain is null && MayFlow(rules.Current))
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    /// <summary>Null for an event of another partition.</summary>
    private Ruling? Judge(RuleSet set, LoggedEvent logged) => logged.Lane % subscription.Partitions != _partition
        ? null
        : set.Find(subscription.Name)?.Judge(logged) ?? Ruling.Unmatched(RuleNames.Before);

    private bool MayFlow(RuleSet set) => set.Find(subscription.Name) is { Flow: Flow.Open } found && found.StoppedAt <= _takenBack;

    /// <summary>
    /// Waits until deliveries may run. False when the pump must begin again: it was asked to, or what stood in the queue was taken back because an agreement
    /// was suspended or has ended. What the subscriber has not fetched by then is not his any more; it stands in the log and is judged again.
    /// </summary>
    private async Task<bool> FlowsAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var set = rules.Current;
            var found = set.Find(subscription.Name);
            if (found is not null && (found.Flow is Flow.Suspended or Flow.Ended || found.StoppedAt > _takenBack))
                await EmptyAsync(channel, queue, found, cancellationToken);
            if (_emptied is null && MayFlow(set))
                return true;
            // As long as it is suspended the queue is looked at again: a job may have judged before and handed out after.
            await Task.WhenAny(rules.ChangedAsync(set), Task.Delay(LookEvery, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (await LeftAsync(cancellationToken))
                return false;
        }
    }

    private async Task EmptyAsync(IChannel channel, string queue, SubscriptionRules found, CancellationToken cancellationToken)
    {
        if (_emptied is not null)
            return;
        var removed = await channel.QueuePurgeAsync(queue, cancellationToken);
        if (removed > 0 || found.StoppedAt > _takenBack)
            _emptied = new TakenBack(found.StoppedAt, subscription.Acknowledges ? null : await BeforeLastAsync(found, removed, cancellationToken));
    }

    /// <summary>
    /// The delivery before the newest <paramref name="count"/>: where a subscriber that does not acknowledge stood when so many were removed from its queue. Of what
    /// a job had put there too many may be counted; then some come again.
    /// </summary>
    private async Task<long> BeforeLastAsync(SubscriptionRules found, uint count, CancellationToken cancellationToken)
    {
        var first = found.Versions[0].Version.FromSequence;
        var (delivered, page) = (new List<long>(), new List<LoggedEvent>(Page));
        for (var through = _published; through > first && delivered.Count <= count; through -= Page)
        {
            await log.ReadAsync(Math.Max(through - Page, first), DateTimeOffset.MinValue, page, (int)Math.Min(Page, through - first), cancellationToken);
            delivered.InsertRange(0, page.Where(l => l.Lane % subscription.Partitions == _partition && found.JudgeThen(l).Kind == RulingKind.Deliver).Select(l => l.Sequence));
        }

        return delivered.Count > count ? delivered[^((int)count + 1)] : first;
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
