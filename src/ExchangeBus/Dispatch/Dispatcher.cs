using ExchangeBus.Log;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Dispatch;

/// <summary>Runs a pump for every partition that this node holds, writes their positions down, and passes on what subscribers said.</summary>
internal sealed class Dispatcher(
    DeliveryRules rules,
    CutBodies bodies,
    PositionStore positions,
    Broker broker,
    LogReader log,
    IOptions<DispatchOptions> options,
    IOptions<BrokerOptions> brokerOptions,
    TimeProvider time,
    ILogger<Dispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";
    private readonly Dictionary<(string Subscription, int Partition), (PartitionPump Pump, Task Running, CancellationTokenSource Stop)> _pumps = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var claimAt = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (claimAt == 0 || time.GetElapsedTime(claimAt) >= options.Value.Lease / 4)
                {
                    await ClaimAsync(stoppingToken);
                    claimAt = time.GetTimestamp();
                }

                await WriteDownAsync(stoppingToken);
                await RefillAsync(stoppingToken);
                await Task.Delay(WriteEvery, time, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.DispatcherFailed(e);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var key in _pumps.Keys.ToArray())
            await StopPumpAsync(key);
        try
        {
            await positions.ReleaseAsync(_node);
        }
        catch (Exception e) when (QueueWorker.IsTransient(e))
        {
            // The leases run out by themselves.
            logger.DispatcherFailed(e);
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var claimed = await positions.ClaimAsync(_node, Way.Queue, options.Value.Lease, cancellationToken);
        var held = claimed.ToDictionary(c => (c.Position.Subscription, c.Position.Partition));
        foreach (var lost in _pumps.Keys.Where(k => !held.ContainsKey(k)).ToArray())
            await StopPumpAsync(lost);

        var missing = held.Where(h => !_pumps.ContainsKey(h.Key)).ToArray();
        if (missing.Length == 0)
            return;
        // A subscription that was made a moment ago.
        await rules.RefreshAsync(cancellationToken);
        foreach (var (key, start) in missing)
        {
            if (rules.Current.Find(key.Subscription)?.Subscription is not { } subscription)
                continue;
            var pump = new PartitionPump(subscription, start, rules, bodies, broker, log, options.Value, brokerOptions.Value.DeliveryLimit, time, logger);
            var stop = new CancellationTokenSource();
            _pumps.Add(key, (pump, Task.Run(() => pump.RunAsync(stop.Token), CancellationToken.None), stop));
        }
    }

    private async Task WriteDownAsync(CancellationToken cancellationToken)
    {
        if (_pumps.Count == 0)
            return;
        var moved = _pumps.Values.Select(p => p.Pump.Progress).ToArray();
        foreach (var word in await positions.SaveAsync(_node, moved, cancellationToken))
        {
            var (pump, _, _) = _pumps[(word.Subscription, word.Partition)];
            pump.Watch.Acknowledged(word.Acknowledged);
            if (word.Redeliver)
                await StartAgainAsync(pump, cancellationToken);
        }
    }

    private async Task RefillAsync(CancellationToken cancellationToken)
    {
        foreach (var (pump, _, _) in _pumps.Values)
        {
            if (pump.TakenBack is { } taken)
            {
                // Here, so that no position of before is written after it.
                if (await positions.TakeBackAsync(_node, pump.Subscription.Name, pump.Partition, taken, cancellationToken) is { } position)
                    await pump.StartAgainAsync(position, cancellationToken);
                continue;
            }

            if (!pump.Watch.ShouldLook())
                continue;
            if (await IsHoldingAsync(pump, cancellationToken))
                pump.Watch.StillThere();
            else
                await StartAgainAsync(pump, cancellationToken);
        }
    }

    private async Task<bool> IsHoldingAsync(PartitionPump pump, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
            return (await channel.QueueDeclarePassiveAsync(pump.Subscription.QueueOf(pump.Partition), cancellationToken)).MessageCount > 0;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The queue itself is gone; the pump declares it when it starts again.
            return false;
        }
    }

    private async Task StartAgainAsync(PartitionPump pump, CancellationToken cancellationToken)
    {
        if (await positions.StartAgainAsync(_node, pump.Subscription.Name, pump.Partition, cancellationToken) is not { } position)
            return;
        logger.DeliveringAgain(pump.Subscription.Name, pump.Partition, position.Acknowledged);
        await pump.StartAgainAsync(position, cancellationToken);
    }

    private async Task StopPumpAsync((string, int) key)
    {
        _pumps.Remove(key, out var held);
        await held.Stop.CancelAsync();
        try
        {
            await held.Running;
        }
        catch (OperationCanceledException)
        {
            // That was asked for.
        }

        held.Stop.Dispose();
    }
}
