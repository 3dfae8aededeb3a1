using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Tries again what waits, when its time has come, and after one that is answered at once those that wait behind it. A key that is under way, or whose outcome is
/// not written down yet, is left alone.
/// </summary>
internal sealed class WaitingLoop(WebhookPump pump, PumpParts parts, OrderLines lines, CancellationToken abort)
{
    private const int MostFollowing = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly List<Task> _chains = [];
    private readonly EndedAgreements _ended = new(pump, parts, lines);

    internal void Written(IReadOnlyList<Change> changes)
    {
        lock (_lock)
        {
            foreach (var released in changes.OfType<Change.Released>())
                _underWay.Remove(released.Key);
        }
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, parts.Time, cancellationToken);
                foreach (var failed in _chains.Where(c => c.IsFaulted))
                    await failed;
                _chains.RemoveAll(c => c.IsCompleted);
                if (parts.Rules.Current.Find(pump.Subscription.Name) is not { } rules)
                    continue;
                if (_ended.HasNews(rules))
                    await _ended.TakeBackAsync(rules, Enter, cancellationToken);
                var room = pump.Endpoint.Endpoint.Concurrency - _chains.Count;
                if (lines.Waiting == 0 || room <= 0 || !pump.Gate.IsOpenBy(rules))
                    continue;
                foreach (var row in await parts.Waiting.DueAsync(pump.Subscription.Name, pump.Partition, UnderWay(), room, parts.Time.GetUtcNow(), cancellationToken))
                {
                    Enter(row.OrderKey);
                    _chains.Add(TryChainAsync(row, cancellationToken));
                }
            }
        }
        finally
        {
            await Task.WhenAll(_chains).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Enter(string key)
    {
        lock (_lock)
            return _underWay.Add(key);
    }

    private string[] UnderWay()
    {
        lock (_lock)
            return [.. _underWay];
    }

    private async Task TryChainAsync(WaitingRow first, CancellationToken cancellationToken)
    {
        var rows = new Queue<WaitingRow>([first]);
        var last = first;
        while (rows.TryDequeue(out var row))
        {
            last = row;
            if (!await TryAsync(row, cancellationToken))
                break;
            lines.Resolved(row.OrderKey);
            if (rows.Count > 0)
                continue;
            foreach (var following in await parts.Waiting.FollowingAsync(pump.Subscription.Name, pump.Partition, row.OrderKey, row.Sequence, MostFollowing, cancellationToken))
                rows.Enqueue(following);
        }

        pump.Ledger.Write(new Change.Released(last.OrderKey));
    }

    /// <summary>False when it goes on waiting.</summary>
    private async Task<bool> TryAsync(WaitingRow row, CancellationToken cancellationToken)
    {
        var logged = await parts.FindWaitingAsync(row, cancellationToken);
        while (true)
        {
            var rules = await pump.Gate.OpenAsync(cancellationToken);
            // Those of today: an agreement that has ended meanwhile permits nothing more.
            var ruling = rules.Judge(logged);
            if (ruling is not { Kind: RulingKind.Deliver, Cut: { } cut })
            {
                pump.Ledger.Write(new Change.TakenBack(row, ruling.Kind));
                return true;
            }

            var outcome = await parts.SendAsync(pump.Endpoint.Endpoint, logged, cut, row.Previous, () => pump.Gate.IsOpenBy(rules), abort);
            switch (outcome.Result)
            {
                case WebhookResult.Delivered:
                    pump.Ledger.Write(new Change.Answered(row, outcome.At + outcome.Duration));
                    return true;
                case WebhookResult.Retry:
                    return Failed(row, outcome);
                case WebhookResult.Gone:
                    await parts.EndAsync(pump.Subscription, cancellationToken);
                    break;
                default:
                    await parts.UntilAsync(outcome.NotBefore, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>True when it is given up.</summary>
    private bool Failed(WaitingRow row, WebhookOutcome outcome)
    {
        var after = row.After(outcome, parts.Time.GetUtcNow(), PumpParts.ScheduleOf(pump.Endpoint.Endpoint));
        if (after.NextAt is null)
        {
            pump.Ledger.Write(new Change.Died(new DeadAttempt(after, outcome.At, outcome.Duration)));
            return true;
        }

        pump.Ledger.Write(new Change.Attempted(FailedAttempt.Of(row.Sequence, outcome)));
        pump.Ledger.Write(new Change.Failed(after));
        return false;
    }
}
