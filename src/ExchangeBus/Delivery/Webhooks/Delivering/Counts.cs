using ExchangeBus.Dispatch;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Counts the events of a partition as <see cref="Tally"/> does, but as the position goes over them: of what is matched, all that is not handed over waits.
/// Not safe for many threads; it is the ledger's.
/// </summary>
internal sealed class Counts(Totals start)
{
    private long _counted = start.Counted;
    private long _unmatched = start.Unmatched;
    private long _withheld = start.Withheld;
    private long _expired = start.Expired;
    private long _matched = start.Matched;
    private long _handed = start.Handed;
    private long _reached = start.Reached;
    private long _deliveries = start.Deliveries;

    internal void Answered(long sequence)
    {
        _deliveries++;
        if (!IsNew(sequence))
            return;
        _matched++;
        _handed++;
        _reached = sequence;
    }

    internal void SetAside(long sequence)
    {
        if (IsNew(sequence))
            _matched++;
    }

    internal void Skipped(long sequence, RulingKind kind)
    {
        if (IsNew(sequence))
            Add(kind);
    }

    internal void Apply(Change change)
    {
        switch (change)
        {
            case Change.Answered answered:
                _deliveries++;
                _handed++;
                _reached = Math.Max(_reached, answered.Row.Sequence);
                break;
            case Change.Died:
                _handed++;
                break;
            case Change.TakenBack takenBack:
                _matched--;
                Add(takenBack.Kind);
                break;
        }
    }

    internal Totals Now(long lookedAt) =>
        new(_counted = Math.Max(_counted, lookedAt), _unmatched, _withheld, _expired, _matched, _handed, _reached, _deliveries);

    private void Add(RulingKind kind)
    {
        switch (kind)
        {
            case RulingKind.Unmatched: _unmatched++; break;
            case RulingKind.Withheld: _withheld++; break;
            default: _expired++; break;
        }
    }

    private bool IsNew(long sequence)
    {
        if (sequence <= _counted)
            return false;
        _counted = sequence;
        return true;
    }
}
