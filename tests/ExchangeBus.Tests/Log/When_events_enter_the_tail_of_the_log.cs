using ExchangeBus.Log;

namespace ExchangeBus.Tests.Log;

[TestFixture]
public sealed class When_events_enter_the_tail_of_the_log
{
    [Test]
    public void Should_never_hold_a_hole_and_ask_for_what_is_missing()
    {
        var tail = new LogTail();
        tail.StartAfter(10);
        tail.Append([Event(11), Event(12)]);
        Assert.That(tail.BehindAsync().IsCompleted, Is.False);

        tail.Append([Event(15)]);

        Assert.That(tail.Head, Is.EqualTo(12), "13 and 14 were committed by somebody else");
        Assert.That(tail.BehindAsync().IsCompleted, Is.True, "the follower must be woken");
        tail.Append([Event(13), Event(14), Event(15)]);
        Assert.That(Read(tail, 10), Is.EqualTo(new long[] { 11, 12, 13, 14, 15 }));
    }

    [Test]
    public void Should_say_that_it_no_longer_holds_what_is_old()
    {
        var tail = new LogTail();
        tail.StartAfter(0);
        tail.Append([.. Enumerable.Range(1, 40_000).Select(i => Event(i))]);

        Assert.That(tail.TryRead(0, [], 10), Is.False);
        Assert.That(Read(tail, 39_998), Is.EqualTo(new long[] { 39_999, 40_000 }));
    }

    [Test]
    public void Should_bound_the_memory_that_large_events_take()
    {
        var tail = new LogTail();
        tail.StartAfter(0);
        var large = new byte[8 * 1024 * 1024];
        for (var i = 1; i <= 40; i++)
            tail.Append([Event(i) with { Data = large }]);

        Assert.That(tail.TryRead(20, [], 100), Is.False, "40 events of 8 MiB are more than the tail may hold");
        Assert.That(Read(tail, 39), Is.EqualTo(new long[] { 40 }));
    }

    [Test]
    public async Task Should_wake_who_waits_for_more()
    {
        var tail = new LogTail();
        tail.StartAfter(0);
        var grown = tail.GrownAsync(0);
        Assert.That(grown.IsCompleted, Is.False);

        tail.Append([Event(1)]);

        await grown.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static long[] Read(LogTail tail, long after)
    {
        var events = new List<LoggedEvent>();
        Assert.That(tail.TryRead(after, events, int.MaxValue), Is.True);
        return [.. events.Select(e => e.Sequence)];
    }

    private static LoggedEvent Event(long sequence) => new()
    {
        Sequence = sequence,
        Lane = 0,
        Type = "vn.test.happened.v1",
        RecordedAt = default,
        Envelope = "{}"u8.ToArray(),
        Data = default,
    };
}
