namespace ExchangeBus.Dispatch;

/// <summary>
/// What was published on one channel and is not confirmed yet. The broker may confirm out of order and several at once;
/// the position moves only over what is confirmed without a hole.
/// </summary>
internal sealed class Unconfirmed(int window, long read, long delivered, Tally tally)
{
    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new(window);
    private TaskCompletionSource _room = NewSignal();
    private bool _isFrozen;
    private ulong _firstTag = 1;
    private ulong _nextTag = 1;
    private long _read = read;
    private long _delivered = delivered;

    /// <summary>Completed when the window has room for one more.</summary>
    internal Task RoomAsync()
    {
        lock (_lock)
            return _entries.Count < window ? Task.CompletedTask : _room.Task;
    }

    /// <summary>Called in publish order, just before the publish that gets the next delivery tag.</summary>
    internal void Add(long sequence)
    {
        lock (_lock)
        {
            _entries.Enqueue(new Entry(sequence));
            _nextTag++;
        }
    }

    /// <summary>From here on nothing that the broker says of this channel moves the position.</summary>
    internal void Freeze()
    {
        lock (_lock)
            _isFrozen = true;
    }

    /// <summary>The log was looked at up to here, with nothing more to publish.</summary>
    internal void ReadUpTo(long sequence)
    {
        lock (_lock)
            _read = sequence;
    }

    internal void Confirm(ulong tag, bool multiple)
    {
        TaskCompletionSource? room = null;
        lock (_lock)
        {
            if (_isFrozen || tag >= _nextTag || tag < _firstTag)
                return;
            var index = 0UL;
            foreach (var entry in _entries)
            {
                var current = _firstTag + index++;
                if (current == tag || (multiple && current <= tag))
                    entry.Confirmed = true;
                if (current >= tag)
                    break;
            }

            while (_entries.TryPeek(out var front) && front.Confirmed)
            {
                _entries.Dequeue();
                _firstTag++;
                _delivered = front.Sequence;
                tally.Handed(front.Sequence);
                room = _room;
            }

            if (room is not null)
                _room = NewSignal();
        }

        room?.TrySetResult();
    }

    /// <summary>The position that is safe to write down.</summary>
    internal (long Read, long Delivered) Position
    {
        get
        {
            lock (_lock)
                return (_entries.TryPeek(out var front) ? Math.Max(_delivered, front.Sequence - 1) : Math.Max(_delivered, _read), _delivered);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Entry(long Sequence)
    {
        internal bool Confirmed { get; set; }
    }
}
