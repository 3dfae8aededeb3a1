using CsCheck;
using ExchangeBus.Delivery.Webhooks;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_a_delivery_is_tried_again
{
    private static readonly DateTimeOffset Failed = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [TestCase(1, 0.0, 2.5)]
    [TestCase(1, 0.5, 5)]
    [TestCase(2, 0.5, 8.75)]
    [TestCase(3, 0.5, 16.25)]
    [TestCase(2, 0.999999999, 15)]
    [TestCase(9, 0.999999999, 1920)]
    [TestCase(10, 0.999999999, 3600)]
    [TestCase(1_000_000, 0.999999999, 3600)]
    public void Should_wait_about_five_seconds_and_then_up_to_twice_as_long_each_time(int attempt, double random, double seconds) =>
        Assert.That((Schedule(random).NextAt(Failed, attempt, Failed, null)!.Value - Failed).TotalSeconds, Is.EqualTo(seconds).Within(0.001));

    [Test]
    public void Should_not_come_before_the_receiver_wants_it_nor_all_at_that_moment()
    {
        var wanted = Failed.AddHours(2);

        Assert.That(Schedule(0).NextAt(Failed, 1, Failed, wanted), Is.EqualTo(wanted));
        Assert.That(Schedule(0.5).NextAt(Failed, 1, Failed, wanted), Is.EqualTo(wanted.AddSeconds(3.75)));
        Assert.That(Schedule(0.5).NextAt(Failed, 1, Failed, Failed.AddSeconds(1)), Is.EqualTo(Failed.AddSeconds(5)));
    }

    [Test]
    public void Should_end_with_an_attempt_at_the_end_of_its_time()
    {
        var end = Failed + RetrySchedule.DefaultDuration;

        Assert.That(Schedule(0.5).NextAt(Failed, 90, end.AddSeconds(-1), null), Is.EqualTo(end));
        Assert.That(Schedule(0.5).NextAt(Failed, 91, end, null), Is.Null);
        Assert.That(Schedule(0.5).NextAt(Failed, 90, end.AddSeconds(-1), end.AddSeconds(1)), Is.Null, "the receiver wants nothing until it is over");
    }

    [Test]
    public void Should_come_to_an_end_after_its_time_whatever_the_dice_say() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 30 * 24 * 60]).Sample((seed, minutes) =>
        {
            var dice = new Random(seed);
            var schedule = new RetrySchedule(TimeSpan.FromMinutes(minutes), dice.NextDouble);
            var (now, attempt, last) = (Failed, 1, Failed);
            while (schedule.NextAt(Failed, attempt++, now, null) is { } next)
            {
                if (next - now > TimeSpan.FromHours(1) || (next - now < TimeSpan.FromSeconds(2.5) && next != Failed.AddMinutes(minutes)))
                    return false;
                last = now = next;
            }

            return last == Failed.AddMinutes(minutes);
        }, iter: 200);

    private static RetrySchedule Schedule(double random) => new(RetrySchedule.DefaultDuration, () => random);
}
