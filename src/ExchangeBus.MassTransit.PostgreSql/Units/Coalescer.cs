using System.Collections.Concurrent;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Lets items that wait at the same moment share one run. An item on an idle coalescer runs at once and alone, so low load pays nothing.
/// </summary>
internal sealed class Coalescer<T>(Func<IReadOnlyList<T>, Task> run, int parallel, int limit)
{
    private readonly ConcurrentQueue<T> _waiting = new();
    private int _running;

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
        while (running < parallel && !_waiting.IsEmpty)
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
            await run(batch);
            batch = [];
        }
        Interlocked.Decrement(ref _running);
        // An item posted between the last look and the decrement saw a full house and started nobody.
        TryStart();
    }
}
