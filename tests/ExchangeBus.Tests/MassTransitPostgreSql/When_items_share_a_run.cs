using System.Collections.Concurrent;
using ExchangeBus.MassTransit.PostgreSql;

namespace ExchangeBus.Tests.MassTransitPostgreSql;

public sealed class When_items_share_a_run
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Should_collect_what_comes_while_one_runs()
    {
        var runs = new Runs();
        var coalescer = new Coalescer<int>(runs.RunAsync, parallel: 3, limit: 10);
        coalescer.Post(1);
        await runs.BegunAsync(1);
        foreach (var item in Enumerable.Range(2, 9))
            coalescer.Post(item);
        Assert.That(runs.Begun, Is.EqualTo(1), "nothing is full or slow");
        runs.End();
        await runs.BegunAsync(2);
        runs.End();
        await coalescer.WhenIdleAsync().WaitAsync(Patience, TimeProvider.System);
        Assert.That(runs.Batches, Is.EqualTo(new[] { 1, 9 }));
    }

    [Test]
    public async Task Should_begin_a_second_run_when_one_would_be_full()
    {
        var runs = new Runs();
        var coalescer = new Coalescer<int>(runs.RunAsync, parallel: 2, limit: 3);
        coalescer.Post(1);
        await runs.BegunAsync(1);
        foreach (var item in Enumerable.Range(2, 6))
            coalescer.Post(item);
        await runs.BegunAsync(2);
        Assert.That(runs.Batches, Is.EqualTo(new[] { 1, 3 }), "and no third");
        runs.End(3);
        await coalescer.WhenIdleAsync().WaitAsync(Patience, TimeProvider.System);
        Assert.That(runs.Batches.Sum(), Is.EqualTo(7));
    }

    [Test]
    public async Task Should_pass_by_a_run_that_waits_for_somebody()
    {
        var runs = new Runs();
        var coalescer = new Coalescer<int>(runs.RunAsync, parallel: 2, limit: 100);
        coalescer.Post(1);
        await runs.BegunAsync(1);
        coalescer.Post(2);
        // The first never ends before the second has begun.
        await runs.BegunAsync(2);
        runs.End(2);
        await coalescer.WhenIdleAsync().WaitAsync(Patience, TimeProvider.System);
    }

    [Test]
    public async Task Should_lose_no_item_that_comes_when_a_run_ends()
    {
        var seen = 0;
        var coalescer = new Coalescer<int>(items => { Interlocked.Add(ref seen, items.Count); return Task.CompletedTask; }, parallel: 2, limit: 4);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                coalescer.Post(i);
                if (i % 7 == 0)
                    await Task.Yield();
            }
        })));
        await coalescer.WhenIdleAsync().WaitAsync(Patience, TimeProvider.System);
        Assert.That(seen, Is.EqualTo(16_000));
    }

    private sealed class Runs
    {
        private readonly ConcurrentQueue<int> _batches = [];
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _ends = new(0);
        private int _awaited;

        public int[] Batches => [.. _batches];

        public int Begun => _batches.Count;

        public Task RunAsync(IReadOnlyList<int> items)
        {
            _batches.Enqueue(items.Count);
            _begun.Release();
            return _ends.WaitAsync();
        }

        public void End(int runs = 1) => _ends.Release(runs);

        public async Task BegunAsync(int runs)
        {
            for (; _awaited < runs; _awaited++)
                Assert.That(await _begun.WaitAsync(Patience), Is.True, $"run {runs} has begun");
        }
    }
}
