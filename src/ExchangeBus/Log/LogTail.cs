namespace ExchangeBus.Log;

/// <summary>
/// The newest part of the log in memory, without holes, shared by all who read it. A batch that this process has committed
/// enters at once; what other processes and the sagas commit is brought by <see cref="LogFollower"/>.
/// </summary>
internal sealed class LogTail
{
    private const int Capacity = 32_768;
    private const long MaxBytes = 128L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly LoggedEvent?[] _ring = new LoggedEvent?[Capacity];
    private TaskCompletionSource _grown = NewSignal();
    private TaskCompletionSource _behind = NewSignal();
    private long _head = -1;
    private DateTimeOffset _headRecordedAt = DateTimeOffset.MinValue;
    private long _oldest;
    private long _bytes;

    /// <summary>The newest position held; -1 before the first look at the log.</summary>
    internal long Head => Volatile.Read(ref _head);

    /// <summary>When the newest event held was accepted; the beginning of time when none is held.</summary>
    internal DateTimeOffset HeadRecordedAt
    {
        get
        {
            lock (_lock)
                return _headRecordedAt;
        }
    }

    /// <summary>Starts after a position; what came before is read from the database.</summary>
    internal void StartAfter(long sequence, DateTimeOffset recordedAt = default)
    {
        lock (_lock)
        {
            if (_head >= 0)
                return;
            _headRecordedAt = recordedAt;
            _head = sequence;
            _oldest = sequence + 1;
        }
    }

    /// <summary>Takes events in order. Those that would leave a hole are left to the follower, which is woken.</summary>
    internal void Append(IReadOnlyList<LoggedEvent> events)
    {
        if (events.Count == 0)
            return;
        TaskCompletionSource? grown = null;
        lock (_lock)
        {
            foreach (var logged in events)
            {
                if (logged.Sequence <= _head)
                    continue;
                if (_head < 0 || logged.Sequence != _head + 1)
                {
                    _behind.TrySetResult();
                    break;
                }

                Add(logged);
            }

            if (_head >= events[0].Sequence)
                (grown, _grown) = (_grown, NewSignal());
        }

        grown?.TrySetResult();
    }

    /// <summary>Says that somebody has committed events which this process does not hold.</summary>
    internal void Wake()
    {
        lock (_lock)
            _behind.TrySetResult();
    }

    /// <summary>Completes when <see cref="Wake"/> was called or a hole was seen.</summary>
    internal Task BehindAsync()
    {
        lock (_lock)
            return _behind.Task;
    }

    /// <summary>Called by the follower before it looks, so that a call of <see cref="Wake"/> during its look is not lost.</summary>
    internal void Looking()
    {
        lock (_lock)
        {
            if (_behind.Task.IsCompleted)
                _behind = NewSignal();
        }
    }

    /// <summary>Copies what follows a position; false when that is no longer in memory.</summary>
    internal bool TryRead(long after, List<LoggedEvent> into, int limit)
    {
        lock (_lock)
        {
            if (_head < 0 || after + 1 < _oldest)
                return false;
            for (var next = after + 1; next <= _head && into.Count < limit; next++)
                into.Add(_ring[next % Capacity]!);
            return true;
        }
    }

    /// <summary>Completes when the log is longer than a position.</summary>
    internal Task GrownAsync(long beyond)
    {
        lock (_lock)
            return _head > beyond ? Task.CompletedTask : _grown.Task;
    }

    private void Add(LoggedEvent logged)
    {
        var slot = logged.Sequence % Capacity;
        if (_head - _oldest + 1 == Capacity)
            Forget();
        _ring[slot] = logged;
        _head = logged.Sequence;
        _headRecordedAt = logged.RecordedAt;
        _bytes += logged.Size;
        while (_bytes > MaxBytes && _oldest < _head)
            Forget();
    }

    private void Forget()
    {
        var slot = _oldest % Capacity;
        _bytes -= _ring[slot]!.Size;
        _ring[slot] = null;
        _oldest++;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
