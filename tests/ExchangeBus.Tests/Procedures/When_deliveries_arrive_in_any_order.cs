using ExchangeBus.Procedures;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Procedures;

internal sealed class When_deliveries_arrive_in_any_order
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Should_run_those_of_one_subject_as_the_log_has_them([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var order = new LogOrder(() => 0, Patience, _time);
        var log = Enumerable.Range(1, 300).Select(sequence => (Sequence: sequence, Subject: $"dossier-{random.Next(10)}")).ToArray();
        var ran = new List<(int Sequence, string Subject)>();

        await Task.WhenAll(log.OrderBy(_ => random.Next()).Select(delivery => Task.Run(async () =>
        {
            using var turn = await order.EnterAsync(delivery.Sequence - 1, delivery.Sequence, delivery.Subject, CancellationToken.None);
            lock (ran)
                ran.Add(delivery);
            await Task.Yield();
        })));

        Assert.That(ran.GroupBy(r => r.Subject).Select(r => r.Select(d => d.Sequence)), Has.All.Ordered);
        Assert.That(ran, Has.Count.EqualTo(log.Length));
    }

    [Test]
    public async Task Should_not_let_one_subject_wait_for_another()
    {
        var order = new LogOrder(() => 0, Patience, _time);
        using var long_one = await order.EnterAsync(0, 1, "a", CancellationToken.None);
        var same = order.EnterAsync(1, 2, "a", CancellationToken.None);

        using var other = await order.EnterAsync(2, 3, "b", CancellationToken.None);

        Assert.That(same.IsCompleted, Is.False);
        long_one.Dispose();
        (await same).Dispose();
    }

    [Test]
    public async Task Should_go_on_after_a_while_when_the_one_before_was_lost()
    {
        var order = new LogOrder(() => 0, Patience, _time);
        var afterLost = order.EnterAsync(5, 6, "a", CancellationToken.None);
        var next = order.EnterAsync(6, 7, "a", CancellationToken.None);
        Assert.That(afterLost.IsCompleted, Is.False);

        _time.Advance(Patience);
        (await afterLost).Dispose();
        (await next).Dispose();

        (await order.EnterAsync(4, 5, "a", CancellationToken.None)).Dispose();
    }

    [Test]
    public async Task Should_wait_for_nothing_that_is_acknowledged()
    {
        var order = new LogOrder(() => 41, Patience, _time);

        (await order.EnterAsync(41, 42, "a", CancellationToken.None)).Dispose();
    }

    [Test]
    public async Task Should_let_the_others_go_on_when_one_that_waits_is_given_up()
    {
        var order = new LogOrder(() => 0, Patience, _time);
        var first = await order.EnterAsync(0, 1, "a", CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var second = order.EnterAsync(1, 2, "a", stop.Token);
        var third = order.EnterAsync(2, 3, "a", CancellationToken.None);

        await stop.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await third.WaitAsync(TimeSpan.FromMilliseconds(100)), Throws.InstanceOf<TimeoutException>(), "the first still runs");
        first.Dispose();

        (await third).Dispose();
    }
}
