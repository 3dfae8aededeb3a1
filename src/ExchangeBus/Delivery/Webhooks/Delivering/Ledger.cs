using ExchangeBus.Dispatch;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>What to write down of one partition, all of it in one transaction.</summary>
/// <param name="Claimed">Position and counts.</param>
/// <param name="Receipt">The newest delivery that the receiver has answered for, up to the position; 0 when none since the last time.</param>
/// <param name="Changes">What happened to deliveries that wait; often nothing.</param>
internal sealed record Page(Claimed Claimed, long Receipt, IReadOnlyList<Change> Changes);

/// <summary>
/// The deliveries of one partition in the order of the log, and what became of them. The position goes over what is done without a hole, and a delivery that is set
/// aside begins to wait in the database in the same transaction in which the position goes over it: whenever the node dies, each delivery stands in exactly one of
/// the two. Events are counted when the position goes over them, so that counts, position and waiting rows always agree.
/// </summary>
internal sealed class Ledger(Claimed start, int window, int mostFlying)
{
    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new();
    private readonly List<Change> _changes = [];
    private readonly Counts _counts = new(start.Totals);
    private Entry? _newest;
    private TaskCompletionSource? _room;
    private int _flying;
    private long _read = start.Position.Read;
    private long _passed = start.Position.Delivered;
    private long _receipt;
    private bool _hasMoved;

    /// <summary>Completes when one more may fly.</summary>
    internal Task RoomAsync()
    {
        lock (_lock)
        {
            if (_entries.Count < window && _flying < mostFlying)
                return Task.CompletedTask;
            return (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    internal void Add(Flight flight)
    {
        lock (_lock)
        {
            _entries.Enqueue(_newest = new Entry(flight));
            _flying++;
        }
    }

    /// <summary>An event of this partition that is not delivered.</summary>
    internal void Skip(long sequence, RulingKind kind)
    {
        lock (_lock)
        {
            if (_entries.Count == 0)
                Count(sequence, kind);
            else
                (_newest!.Skipped ??= []).Add((sequence, kind));
        }
    }

    /// <summary>The log was looked at up to here.</summary>
    internal void ReadUpTo(long sequence)
    {
        lock (_lock)
        {
            _hasMoved |= _read < sequence;
            _read = sequence;
        }
    }

    /// <summary>A flight has come to its end; its state says which.</summary>
    internal void Landed(Flight flight, FlightState state, FailedAttempt? attempt = null)
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            flight.State = state;
            flight.ForgetBody();
            _flying--;
            if (attempt is not null)
                _changes.Add(new Change.Attempted(attempt));
            PassWhatIsDone();
            (room, _room) = (_room, null);
        }

        room?.TrySetResult();
    }

    /// <summary>
    /// Nothing is sent any more. What was not sent may stand before what was answered, since keys overtake one another: it waits in the database from now on, so that
    /// the position goes over both and nothing is sent twice.
    /// </summary>
    internal void Close(DateTimeOffset now)
    {
        lock (_lock)
        {
            var flights = _entries.Select(e => e.Flight).ToArray();
            var last = Array.FindLastIndex(flights, f => f.State != FlightState.Flying);
            var first = new HashSet<string>(StringComparer.Ordinal);
            foreach (var flight in flights.Take(last + 1).Where(f => f.State == FlightState.Flying))
            {
                flight.Row = WaitingRow.Behind(flight.Logged, flight.Key, flight.Previous) with { NextAt = first.Add(flight.Key) ? now : null };
                flight.State = FlightState.SetAside;
            }

            PassWhatIsDone();
        }
    }

    /// <summary>Something happened to a delivery that waits.</summary>
    internal void Write(Change change)
    {
        lock (_lock)
        {
            _counts.Apply(change);
            _changes.Add(change);
        }
    }

    /// <summary>What is to be written down now; null when nothing has changed. <see cref="Written"/> follows when it was.</summary>
    internal Page? Take()
    {
        lock (_lock)
        {
            if (!_hasMoved && _changes.Count == 0)
                return null;
            _hasMoved = false;
            var read = _entries.TryPeek(out var front) ? Math.Max(_passed, front.Flight.Sequence - 1) : Math.Max(_passed, _read);
            var position = start.Position with { Read = read, Delivered = _passed, Acknowledged = _passed };
            return new Page(new Claimed(position, _counts.Now(read)), _receipt, [.. _changes]);
        }
    }

    internal void Written(Page page)
    {
        lock (_lock)
        {
            _changes.RemoveRange(0, page.Changes.Count);
            if (_receipt == page.Receipt)
                _receipt = 0;
        }
    }

    /// <summary>It could not be written down and is to be written with the next page.</summary>
    internal void NotWritten()
    {
        lock (_lock)
            _hasMoved = true;
    }

    private void PassWhatIsDone()
    {
        while (_entries.TryPeek(out var front) && front.Flight.State != FlightState.Flying)
        {
            _entries.Dequeue();
            Pass(front);
        }
    }

    private void Pass(Entry entry)
    {
        var flight = entry.Flight;
        _hasMoved = true;
        _passed = flight.State == FlightState.TakenBack ? _passed : flight.Sequence;
        switch (flight.State)
        {
            case FlightState.Answered:
                _counts.Answered(flight.Sequence);
                _receipt = flight.Sequence;
                break;
            case FlightState.TakenBack:
                _counts.Skipped(flight.Sequence, flight.TakenBackAs);
                break;
            default:
                _counts.SetAside(flight.Sequence);
                _changes.Add(new Change.Waits(flight.Row!));
                if (flight.Dead is not null)
                {
                    var dead = new Change.Died(flight.Dead);
                    _counts.Apply(dead);
                    _changes.Add(dead);
                }

                break;
        }

        foreach (var (sequence, kind) in entry.Skipped ?? [])
            Count(sequence, kind);
    }

    private void Count(long sequence, RulingKind kind)
    {
        _counts.Skipped(sequence, kind);
        _hasMoved = true;
    }

    private sealed class Entry(Flight flight)
    {
        internal Flight Flight { get; } = flight;

        internal List<(long Sequence, RulingKind Kind)>? Skipped { get; set; }
    }
}
