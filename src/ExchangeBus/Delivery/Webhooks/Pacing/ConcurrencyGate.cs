namespace ExchangeBus.Delivery.Webhooks.Pacing;

/// <summary>Lets so many attempts at one endpoint run at once, the others wait in line. The limit comes with each call, since it may be changed at any time.</summary>
internal sealed class ConcurrencyGate
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _inside;

    /// <summary>Waits for a place; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop; then nothing must follow.</exception>
    internal ValueTask EnterAsync(int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource waiter;
        lock (_lock)
        {
            Admit(limit);
            if (_inside < limit)
            {
                _inside++;
                return ValueTask.CompletedTask;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    internal void Leave(int limit)
    {
        lock (_lock)
        {
            _inside--;
            Admit(limit);
        }
    }

    private static async ValueTask WaitAsync(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter);
        await waiter.Task;
    }

    // One that has been cancelled still stands in line, and takes no place.
    private void Admit(int limit)
    {
        while (_inside < limit && _waiting.TryDequeue(out var next))
        {
            if (next.TrySetResult())
                _inside++;
        }
    }
}
