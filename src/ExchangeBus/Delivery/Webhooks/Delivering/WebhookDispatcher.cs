using ExchangeBus.Delivery.Webhooks.Endpoints;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Dispatch;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Runs a pump for every partition of a webhook that this node holds, and writes down what they have done.</summary>
internal sealed class WebhookDispatcher(
    PumpParts parts, PositionStore positions, LedgerStore ledgers, EndedWebhooks ended, EndpointStore endpoints, EndpointStates states, IOptions<WebhooksOptions> options, TimeProvider time,
    ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";
    private readonly Dictionary<(string Subscription, int Partition), WebhookPump> _pumps = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var claimAt = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (claimAt == 0 || time.GetElapsedTime(claimAt) >= options.Value.Lease / 4 || _pumps.Values.Any(p => p.Running.IsCompletedSuccessfully))
                {
                    await ClaimAsync(stoppingToken);
                    claimAt = time.GetTimestamp();
                }

                // To its end: what was written and not heard of would look as if another node had written it, and be sent again.
                await WriteDownAsync(CancellationToken.None);
                await Task.Delay(WriteEvery, time, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.WebhooksFailed(e);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var pump in _pumps.Values)
            pump.Stop();
        // What is under way may come to its end, so that it need not be sent twice.
        var all = Task.WhenAll(_pumps.Values.Select(p => p.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(Task.Run(async () => await all, CancellationToken.None), Task.Delay(PatienceAtTheEnd, time, cancellationToken));
        foreach (var pump in _pumps.Values)
            pump.Abort();
        await all;
        foreach (var pump in _pumps.Values)
            pump.Ledger.Close(time.GetUtcNow());
        try
        {
            await WriteDownAsync(CancellationToken.None);
            await positions.ReleaseAsync(_node);
        }
        catch (Exception e) when (QueueWorker.IsTransient(e))
        {
            // The leases run out by themselves.
            logger.WebhooksFailed(e);
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        await RemoveStoppedAsync();
        foreach (var (subscription, count) in await ended.CloseAsync(_node, _pumps.Keys, cancellationToken))
            logger.WaitingExpired(count, subscription);
        var askedAt = time.GetTimestamp();
        var claimed = (await positions.ClaimAsync(_node, Way.Webhook, options.Value.Lease, cancellationToken)).ToDictionary(c => (c.Position.Subscription, c.Position.Partition));
        if (claimed.Count + _pumps.Count == 0)
            return;
        var versions = await endpoints.VersionsAsync([.. claimed.Keys.Select(k => k.Subscription).Distinct()], cancellationToken);
        foreach (var (key, pump) in _pumps.ToArray())
        {
            if (!claimed.TryGetValue(key, out var stands))
                await LeaveAsync(pump, cancellationToken);
            // Another node may have had it in between, however short.
            else if (!pump.IsWhatStands(stands))
                pump.Lose();
            else if (versions.GetValueOrDefault(key.Subscription) != pump.Endpoint.Version)
                pump.Stop();
            else
                pump.Gate.Leased(askedAt, options.Value.Lease);
        }

        var missing = claimed.Where(c => !_pumps.ContainsKey(c.Key) && versions.ContainsKey(c.Key.Subscription)).ToArray();
        if (missing.Length > 0)
            await StartAsync(missing, askedAt, cancellationToken);
        await endpoints.SaveCircuitsAsync([.. _pumps.Keys.Select(k => k.Subscription).Distinct()], states, cancellationToken);
    }

    private async Task StartAsync(IEnumerable<KeyValuePair<(string, int), Claimed>> missing, long askedAt, CancellationToken cancellationToken)
    {
        // A subscription that was made a moment ago.
        await parts.Rules.RefreshAsync(cancellationToken);
        foreach (var (key, start) in missing)
        {
            var name = start.Position.Subscription;
            if (parts.Rules.Current.Find(name)?.Subscription is not { } subscription || await endpoints.FindAsync(name, cancellationToken) is not { } endpoint)
                continue;
            var pump = new WebhookPump(subscription, endpoint, start, parts);
            pump.Gate.Leased(askedAt, options.Value.Lease);
            _pumps.Add(key, pump);
            pump.Start();
        }
    }

    // Of a subscription that is over nobody takes a partition any more: what is under way may come to its end and is written down, before the rest expires.
    private async Task LeaveAsync(WebhookPump pump, CancellationToken cancellationToken)
    {
        await parts.Rules.RefreshAsync(cancellationToken);
        if (parts.Rules.Current.Find(pump.Subscription.Name) is { Flow: Flow.Ended })
            pump.Stop();
        else
            pump.Lose();
    }

    // Those that were stopped, and those that have failed: they begin again from what is written. Before anything is claimed, so that it is read after it was written.
    private async Task RemoveStoppedAsync()
    {
        if (!_pumps.Values.Any(p => p.Running.IsCompleted))
            return;
        var stopped = _pumps.Where(p => p.Value.Running.IsCompleted).ToArray();
        foreach (var (_, pump) in stopped)
            pump.Ledger.Close(time.GetUtcNow());
        await WriteDownAsync(CancellationToken.None);
        foreach (var (key, pump) in stopped)
        {
            if (pump.Running.Exception is { } failure)
                logger.WebhookPumpFailed(key.Subscription, key.Partition, failure.GetBaseException());
            _pumps.Remove(key);
            pump.Dispose();
            // What the endpoint has done under its old settings is not held against the new ones.
            if (pump.Running.Exception is null)
                states.Forget(key.Subscription);
        }
    }

    private async Task WriteDownAsync(CancellationToken cancellationToken)
    {
        var taken = _pumps.Values.Where(p => !p.IsLost).Select(p => (Pump: p, Page: p.Ledger.Take())).Where(t => t.Page is not null).ToArray();
        if (taken.Length == 0)
            return;
        try
        {
            var plain = taken.Where(t => t.Page!.Changes.Count == 0).ToArray();
            var lost = plain.Length == 0 ? [] : await ledgers.WriteAsync(_node, [.. plain.Select(t => t.Page!)], cancellationToken);
            foreach (var (pump, page) in plain)
                Written(pump, page!, isOurs: !lost.Contains((pump.Subscription.Name, pump.Partition)));
            foreach (var (pump, page) in taken.Where(t => t.Page!.Changes.Count > 0))
                Written(pump, page!, await ledgers.WriteAsync(_node, pump.Subscription.Agency, page!, cancellationToken));
        }
        catch
        {
            // Whatever was written may be written again.
            foreach (var (pump, _) in taken)
                pump.Ledger.NotWritten();
            throw;
        }
    }

    private static void Written(WebhookPump pump, Page page, bool isOurs)
    {
        if (isOurs)
            pump.Written(page);
        else
            pump.Lose();
    }
}
