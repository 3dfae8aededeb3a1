using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_an_endpoint_is_called_often
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));

    [TestCase(1)]
    [TestCase(59)]
    [TestCase(60)]
    [TestCase(61)]
    [TestCase(6_000)]
    public void Should_never_get_more_in_any_minute_than_it_allows_and_little_less(int perMinute)
    {
        var rate = new RequestRate(_time);
        var sent = new Queue<DateTimeOffset>();
        var total = 0;
        var start = _time.GetUtcNow();
        while (_time.GetUtcNow() - start < TimeSpan.FromMinutes(3))
        {
            if (rate.Take(perMinute) is var wait && wait > TimeSpan.Zero)
            {
                _time.Advance(wait);
                continue;
            }

            var now = _time.GetUtcNow();
            sent.Enqueue(now);
            total++;
            while (now - sent.Peek() >= TimeSpan.FromMinutes(1)) sent.Dequeue();
            Assert.That(sent, Has.Count.LessThanOrEqualTo(perMinute));
        }

        Assert.That(total, Is.GreaterThanOrEqualTo(3 * perMinute * 0.9), "and what is allowed is used");
    }

    [Test]
    public async Task Should_be_told_when_the_next_may_go()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var sending = new Sending(_time);
        var endpoint = Sending.To(receiver.Plain) with { RequestsPerMinute = 30 };

        await sending.SendAsync(endpoint);
        var second = await sending.SendAsync(endpoint);
        _time.Advance(TimeSpan.FromSeconds(2));
        var third = await sending.SendAsync(endpoint);

        Assert.That((second.Result, second.Failure, second.NotBefore), Is.EqualTo((WebhookResult.Postponed, AttemptFailure.RateReached, _time.GetUtcNow())));
        Assert.That(third.Result, Is.EqualTo(WebhookResult.Delivered));
        Assert.That(receiver.Received, Has.Count.EqualTo(2));
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task Should_have_so_many_attempts_at_once_and_no_more(int concurrency)
    {
        var (inside, most) = (0, 0);
        var full = new TaskCompletionSource();
        var open = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref inside);
            most = Math.Max(most, now);
            if (now == concurrency) full.TrySetResult();
            await open.Task;
            Interlocked.Decrement(ref inside);
            context.Response.StatusCode = 204;
        });
        using var sending = new Sending(_time);
        var endpoint = Sending.To(receiver.Plain) with { Concurrency = concurrency };

        var sent = Enumerable.Range(0, 20).Select(_ => sending.SendAsync(endpoint)).ToArray();
        await full.Task;
        Assert.That(receiver.Received, Has.Count.EqualTo(concurrency));
        open.SetResult();
        var outcomes = await Task.WhenAll(sent);

        Assert.That(outcomes.Select(o => o.Result), Has.All.EqualTo(WebhookResult.Delivered));
        Assert.That(most, Is.EqualTo(concurrency));
    }

    [Test]
    public async Task Should_give_the_place_of_one_who_leaves_the_line_to_the_next()
    {
        var gate = new ConcurrencyGate();
        using var stop = new CancellationTokenSource();
        await gate.EnterAsync(1, CancellationToken.None);
        var leaves = gate.EnterAsync(1, stop.Token).AsTask();
        var stays = gate.EnterAsync(1, CancellationToken.None).AsTask();
        await stop.CancelAsync();

        Assert.That(async () => await leaves, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stays.IsCompleted, Is.False);
        gate.Leave(1);
        await stays.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    [Test]
    public async Task Should_let_more_in_when_the_limit_grows()
    {
        var gate = new ConcurrencyGate();
        await gate.EnterAsync(1, CancellationToken.None);
        var waits = gate.EnterAsync(1, CancellationToken.None).AsTask();

        await gate.EnterAsync(3, CancellationToken.None);

        await waits.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
        Assert.That(gate.EnterAsync(3, CancellationToken.None).AsTask().IsCompleted, Is.False);
    }
}
