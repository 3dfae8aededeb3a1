namespace ExchangeBus.Dispatch;

/// <summary>
/// Notices that a queue has lost what was put into it. The queue of a subscriber that works has either messages in it or
/// acknowledgements coming out of it; one that has neither while acknowledgements are missing was purged, or lost with its node.
/// </summary>
internal sealed class RefillWatch(DispatchOptions options, Position start, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Queue<long> _unacknowledged = new();
    private long _acknowledged = start.Acknowledged;
    private long _newest = start.Delivered;
    private long _progressAt = time.GetTimestamp();
    private TimeSpan _wait = options.RefillAfter;

    internal bool IsFull
    {
        get
        {
            lock (_lock)
                return _unacknowledged.Count >= options.UnacknowledgedWindow;
        }
    }

    internal void Published(long sequence)
    {
        lock (_lock)
        {
            if (_newest <= _acknowledged)
                _progressAt = time.GetTimestamp();
            _newest = Math.Max(_newest, sequence);
            _unacknowledged.Enqueue(sequence);
        }
    }

    internal void Acknowledged(long sequence)
    {
        lock (_lock)
        {
            if (sequence <= _acknowledged)
                return;
            _acknowledged = sequence;
            _progressAt = time.GetTimestamp();
            _wait = options.RefillAfter;
            while (_unacknowledged.TryPeek(out var oldest) && oldest <= sequence)
                _unacknowledged.Dequeue();
        }
    }

    /// <summary>True when it is time to look whether the queue still holds what is not acknowledged.</summary>
    internal bool ShouldLook()
    {
        lock (_lock)
            return _newest > _acknowledged && time.GetElapsedTime(_progressAt) >= _wait;
    }

    /// <summary>The queue was looked at and holds messages: the subscriber is slow or away, nothing is lost.</summary>
    internal void StillThere()
    {
        lock (_lock)
            _progressAt = time.GetTimestamp();
    }

    internal void StartAgain(Position position)
    {
        lock (_lock)
        {
            _unacknowledged.Clear();
            _acknowledged = position.Acknowledged;
            _newest = position.Delivered;
            _progressAt = time.GetTimestamp();
            _wait = TimeSpan.FromTicks(Math.Min(_wait.Ticks * 2, LongestWait.Ticks));
        }
    }
}
