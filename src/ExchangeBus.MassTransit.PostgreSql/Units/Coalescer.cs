using System.Collections.Concurrent;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Lets items that wait at the same moment share one run. An item on an idle coalescer runs at once and alone, so low load pays nothing.
/// A second run beside the first would only split what the first could have taken next, so it begins only when the first is full or slow.
/// </summary>
internal sealed class Coalescer<T>(Func<IReadOnlyList<T>, Task> run, int parallel, int limit)
{
    // Far above a usual commit: a run that takes longer waits for somebody's lock, and must not hold up those who do not.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<T> _waiting = new();
    private int _running;
    private int _slow;

    /// <summary>Queues an item. The run must answer every item itself and must not throw.</summary>
    public void Post(T item)
    {
        _waiting.Enqueue(item);
        TryStart();
    }

    /// <summary>Returns when nothing waits or runs.</summary>
    public async Task WhenIdleAsync()
    {
        while (Volatile.Read(ref _running) > 0 || !_waiting.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
    }

    private void TryStart()
    {
        var running = Volatile.Read(ref _running);
        while (running < parallel && !_waiting.IsEmpty && (running <= Volatile.Read(ref _slow) || _waiting.Count >= limit))
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                _ = Task.Run(DrainAsync);
                return;
            }
            running = seen;
        }
    }

    private async Task DrainAsync()
    {
        var batch = new List<T>();
        while (true)
        {
            while (batch.Count < limit && _waiting.TryDequeue(out var item))
                batch.Add(item);
            if (batch.Count == 0)
                break;
            await WatchAsync(run(batch));
            batch = [];
        }
        Interlocked.Decrement(ref _running);
        // An item posted between the last look and the decrement saw a full house and started nobody.
        TryStart();
    }

    private async Task WatchAsync(Task running)
    {
        if (parallel > 1 && limit > 1 && await Task.WhenAny(running, Task.Delay(Slow, TimeProvider.System)) != running)
        {
            Interlocked.Increment(ref _slow);
            TryStart();
            await running;
            Interlocked.Decrement(ref _slow);
        }
        await running;
    }
}
