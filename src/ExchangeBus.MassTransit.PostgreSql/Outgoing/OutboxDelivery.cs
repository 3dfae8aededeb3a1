using MassTransit;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Delivers rows that this process owns, in order per lane (ordering key and destination), and removes them afterwards.</summary>
internal sealed class OutboxDelivery
{
    private readonly OutgoingMessageSender _sender;
    private readonly OutboxRows _rows;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OutboxDelivery> _logger;
    private readonly KeyLocks<(string Key, Uri Destination)> _lanes = new();
    private readonly LanesLeftToSweep _left = new();
    private readonly TimeSpan _timeout;

    public OutboxDelivery(OutgoingMessageSender sender, OutboxRows rows, PostgreSqlStorageOptions options, TimeProvider timeProvider, StorageLogger<OutboxDelivery> logger)
    {
        (_sender, _rows, _timeProvider, _logger) = (sender, rows, timeProvider, logger);
        _timeout = options.OutboxLease / 3;
    }

    /// <summary>Names this process in the rows that it writes.</summary>
    public Guid Owner { get; } = NewId.NextGuid();

    /// <summary>Delivers what was just committed. Takes its places in the order before it returns.</summary>
    public Task DeliverAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        DeliverAsync(messages, isSweep: false, cancellationToken);

    /// <summary>Delivers leftovers; only this opens a lane again after a failure. False when the broker is away.</summary>
    public Task<bool> DeliverLeftoversAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) =>
        DeliverAsync(messages, isSweep: true, cancellationToken);

    /// <summary>These may be committed or not: until a sweep has seen which, what comes after them waits for it.</summary>
    public void LeaveUncertain(IReadOnlyList<OutgoingMessage> messages) => _left.Leave(messages);

    /// <summary>Opens lanes whose leftovers another process has delivered, or which were never committed.</summary>
    public async Task ForgetGoneAsync(CancellationToken cancellationToken)
    {
        var ids = _left.Ids();
        if (ids.Length > 0)
            _left.Forget(await _rows.FindGoneAsync(ids, cancellationToken));
    }

    private async Task<bool> DeliverAsync(IReadOnlyList<OutgoingMessage> messages, bool isSweep, CancellationToken cancellationToken)
    {
        var unordered = messages.Where(x => x.OrderingKey is null).Select(x => DeliverAllAsync([x], null, isSweep, cancellationToken));
        var ordered = messages.Where(x => x.OrderingKey is not null).GroupBy(x => (x.OrderingKey!, x.DestinationAddress))
            .Select(x => DeliverInOrderAsync(x.Key, [.. x], isSweep, cancellationToken));
        var delivered = await Task.WhenAll([.. ordered, .. unordered]);
        return delivered.All(x => x);
    }

    private async Task<bool> DeliverInOrderAsync((string, Uri) lane, List<OutgoingMessage> messages, bool isSweep, CancellationToken cancellationToken)
    {
        using var _ = await _lanes.AcquireAsync(lane, cancellationToken);
        return await DeliverAllAsync(messages, lane, isSweep, cancellationToken);
    }

    private async Task<bool> DeliverAllAsync(List<OutgoingMessage> messages, (string, Uri)? lane, bool isSweep, CancellationToken cancellationToken)
    {
        if (!isSweep && lane is not null && _left.Has(lane.Value))
        {
            _left.Leave(messages);
            await _rows.LeaveToSweepAsync(messages);
            return true;
        }

        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                await DeliverAsync(messages[i], cancellationToken);
            }
#pragma warning disable CA1031 // The row stays, so nothing is lost whatever went wrong.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _left.Leave(messages[i..]);
                var isBrokerAway = e is ConnectionException or TransportUnavailableException or OperationCanceledException;
                if (!isBrokerAway)
                    await _rows.PutOffAsync(messages[i], e);
                await _rows.LeaveToSweepAsync(messages[(isBrokerAway ? i : i + 1)..]);
                return !isBrokerAway;
            }
        }
        if (isSweep)
            _left.Forget([.. messages.Select(x => x.Id)]);
        return true;
    }

    private async Task DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var since = _timeProvider.GetTimestamp();
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var registration = cancellationToken.UnsafeRegister(x => ((CancellationTokenSource)x!).Cancel(), timeout);
        try
        {
            // What could still be under way when the lease ends is not begun: by then another process may deliver it.
            if (_timeProvider.GetUtcNow() + _timeout > message.LeaseUntil)
                throw new OperationCanceledException("The lease is about to end.");
            // A send that is cancelled need not end: MassTransit waits for ever, and with no token, for the exchanges of a channel on which
            // declaring them has just failed for another message. One such wait would hold the lane, and many of them all handling.
            var sent = await _sender.SendAsync(message, timeout.Token).WaitAsync(timeout.Token);
            StorageTelemetry.Delivered(sent, _timeProvider.GetElapsedTime(since));
            _rows.Remove(message.Id);
        }
#pragma warning disable CA1031 // Only looked at.
        catch (Exception e)
#pragma warning restore CA1031
        {
            StorageTelemetry.DeliveryFailed(e, _timeProvider.GetElapsedTime(since));
            _logger.DeliveryFailed(message.MessageId, message.DestinationAddress, e);
            throw;
        }
    }
}
