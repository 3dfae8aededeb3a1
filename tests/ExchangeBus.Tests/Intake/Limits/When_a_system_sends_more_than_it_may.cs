using ExchangeBus.Intake.Limits;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Intake.Limits;

[TestFixture]
public sealed class When_a_system_sends_more_than_it_may
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Should_let_a_burst_pass_and_then_say_how_long_to_wait()
    {
        var limit = Limit(rate: 10, burst: 20);

        Assert.That(limit.Take(20), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(5), Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.That(limit.Take(5), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(1), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void Should_not_save_up_more_than_the_burst()
    {
        var limit = Limit(rate: 10, burst: 20);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.That(limit.Take(20), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(1), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void Should_let_a_batch_larger_than_the_burst_pass_once_the_bucket_is_full_and_make_up_for_it()
    {
        var limit = Limit(rate: 10, burst: 20);

        Assert.That(limit.Take(50), Is.EqualTo(TimeSpan.Zero), "otherwise it could never pass");
        Assert.That(limit.Take(1), Is.EqualTo(TimeSpan.FromSeconds(3.1)));
    }

    [Test]
    public void Should_count_requests_in_work()
    {
        var limit = Limit(rate: 1, burst: 1);

        Assert.That(limit.TryEnter(), Is.True);
        Assert.That(limit.TryEnter(), Is.True);
        Assert.That(limit.TryEnter(), Is.False);
        limit.Leave();
        Assert.That(limit.TryEnter(), Is.True);
    }

    private SystemLimit Limit(int rate, int burst) =>
        new(new SystemLimitOptions { EventsPerSecond = rate, Burst = burst, ConcurrentRequests = 2 }, _time);
}
