using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Dispatch;

/// <summary>What became of the events of a partition, since its counting began; absolute numbers, so that writing them twice does no harm.</summary>
/// <param name="Counted">What follows has not been counted.</param>
/// <param name="Unmatched">Not asked for.</param>
/// <param name="Withheld">Asked for and not permitted.</param>
/// <param name="Expired">After the subscription's end.</param>
/// <param name="Matched">To be delivered.</param>
/// <param name="Handed">Of these, confirmed by the broker or answered by the webhook at least once.</param>
/// <param name="Reached">The newest that was ever handed over.</param>
/// <param name="Deliveries">All deliveries, repeats included.</param>
internal sealed record Totals(long Counted, long Unmatched, long Withheld, long Expired, long Matched, long Handed, long Reached, long Deliveries);

/// <summary>
/// Counts each event of a partition once, however often it is read or delivered again, so that accepted = unmatched + withheld + expired + matched + not looked
/// at yet holds for each subscription at any time.
/// </summary>
internal sealed class Tally(Totals start)
{
    private readonly Lock _lock = new();
    private long _counted = start.Counted;
    private long _unmatched = start.Unmatched;
    private long _withheld = start.Withheld;
    private long _expired = start.Expired;
    private long _matched = start.Matched;
    private long _handed = start.Handed;
    private long _reached = start.Reached;
    private long _deliveries = start.Deliveries;

    /// <summary>An event of this partition was judged.</summary>
    internal void Judged(long sequence, RulingKind kind)
    {
        lock (_lock)
        {
            if (sequence <= _counted)
                return;
            _counted = sequence;
            switch (kind)
            {
                case RulingKind.Unmatched: _unmatched++; break;
                case RulingKind.Withheld: _withheld++; break;
                case RulingKind.Expired: _expired++; break;
                default: _matched++; break;
            }
        }
    }

    /// <summary>The log was looked at up to here; what was not judged belongs to other partitions.</summary>
    internal void LookedAt(long sequence)
    {
        lock (_lock)
            _counted = Math.Max(_counted, sequence);
    }

    /// <summary>An event was handed over; called in their order.</summary>
    internal void Handed(long sequence)
    {
        lock (_lock)
        {
            _deliveries++;
            if (sequence <= _reached)
                return;
            _reached = sequence;
            _handed++;
        }
    }

    internal Totals Now()
    {
        lock (_lock)
            return new Totals(_counted, _unmatched, _withheld, _expired, _matched, _handed, _reached, _deliveries);
    }
}
