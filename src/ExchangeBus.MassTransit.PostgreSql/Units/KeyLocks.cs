namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>One holder at a time per key, in the order of asking. Keys without holder take no memory.</summary>
internal sealed class KeyLocks<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, Queue<TaskCompletionSource>> _held = [];

    /// <summary>Takes its place in the queue before it returns, so callers that must keep an order only need to call in that order.</summary>
    public async ValueTask<IDisposable> AcquireAsync(TKey key, CancellationToken cancellationToken)
    {
        TaskCompletionSource? turn = null;
        lock (_held)
        {
            if (_held.TryGetValue(key, out var waiting))
            {
                turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Enqueue(turn);
            }
            else
            {
                _held.Add(key, new Queue<TaskCompletionSource>());
            }
        }

        if (turn is not null)
        {
            await using var _ = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            await turn.Task;
        }
        return new Holder(this, key);
    }

    private void Release(TKey key)
    {
        lock (_held)
        {
            var waiting = _held[key];
            while (waiting.TryDequeue(out var next))
            {
                // One that was cancelled while waiting is passed over.
                if (next.TrySetResult())
                    return;
            }
            _held.Remove(key);
        }
    }

    private sealed class Holder(KeyLocks<TKey> locks, TKey key) : IDisposable
    {
        private KeyLocks<TKey>? _locks = locks;

        public void Dispose() => Interlocked.Exchange(ref _locks, null)?.Release(key);
    }
}
