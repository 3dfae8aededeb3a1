namespace ExchangeBus.Procedures;

/// <summary>
/// Turns for deliveries that the transport hands out side by side, in any order: those of one subject run one after the other, as the log has them.
/// Each names the one before it and takes its place when that one has taken its own. When the one before does not come, because it was lost, the others
/// wait <paramref name="patience"/> for it: dispatch fills in what was lost, but what is there must not stand still meanwhile.
/// </summary>
/// <param name="acknowledged">Up to where all is done, by whoever did it; nobody waits for what lies before.</param>
/// <param name="patience">How long a delivery waits for the one before it.</param>
/// <param name="time">Measures the patience.</param>
internal sealed class LogOrder(Func<long> acknowledged, TimeSpan patience, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<Turn> _waiting = new(Comparer<Turn>.Create((a, b) => (a.Previous, a.Sequence, a.Copy).CompareTo((b.Previous, b.Sequence, b.Copy))));
    private readonly Dictionary<string, Turn> _last = new(StringComparer.Ordinal);
    private long _placed;
    private long _copies;

    /// <summary>Waits for the turn of a delivery; disposing of it lets the next one of the subject begin.</summary>
    internal async Task<IDisposable> EnterAsync(long previous, long sequence, string subject, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, previous, sequence, subject, Interlocked.Increment(ref _copies));
        lock (_lock)
        {
            _waiting.Add(turn);
            PlaceAll();
        }

        try
        {
            if (!turn.Placed.Task.IsCompleted)
                await Task.WhenAny(turn.Placed.Task, Task.Delay(patience, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            lock (_lock)
            {
                if (_waiting.Remove(turn))
                    Place(turn);
                PlaceAll();
            }

            await (await turn.Placed.Task).WaitAsync(cancellationToken);
            return turn;
        }
        catch
        {
            GiveUp(turn);
            throw;
        }
    }

    // Its place stays until the one before has ended: the next of the subject waits for both.
    private void GiveUp(Turn turn)
    {
        lock (_lock)
            _waiting.Remove(turn);
        if (turn.Placed.Task.IsCompletedSuccessfully)
            turn.Placed.Task.Result.ContinueWith(_ => turn.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void PlaceAll()
    {
        while (_waiting.Min is { } first && first.Previous <= Math.Max(_placed, acknowledged()))
        {
            _waiting.Remove(first);
            Place(first);
        }
    }

    private void Place(Turn turn)
    {
        _placed = Math.Max(_placed, turn.Sequence);
        turn.Placed.SetResult(_last.TryGetValue(turn.Subject, out var before) ? before.Done.Task : Task.CompletedTask);
        _last[turn.Subject] = turn;
    }

    private void End(Turn turn)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(turn.Subject, out var last) && last == turn)
                _last.Remove(turn.Subject);
        }

        turn.Done.TrySetResult();
    }

    private sealed class Turn(LogOrder order, long previous, long sequence, string subject, long copy) : IDisposable
    {
        internal long Previous => previous;

        internal long Sequence => sequence;

        internal long Copy => copy;

        internal string Subject => subject;

        /// <summary>Has the end of the one before it of the same subject, once its place is known.</summary>
        internal TaskCompletionSource<Task> Placed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose() => order.End(this);
    }
}
