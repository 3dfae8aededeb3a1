using ExchangeBus.Delivery.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery;

[TestFixture]
public sealed class When_a_job_keeps_its_rate
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [TestCase(1)]
    [TestCase(50)]
    [TestCase(5_000)]
    public void Should_hand_out_as_much_as_was_asked_for_over_ten_seconds(int perSecond)
    {
        var time = new FakeTimeProvider();
        var rate = new JobRate(perSecond, Step, time);
        var taken = 0;
        for (var i = 0; i < 100; i++)
        {
            taken += rate.Take();
            time.Advance(Step);
        }

        Assert.That(taken, Is.EqualTo(perSecond * 10).Within(Math.Max(1, perSecond / 5)));
    }

    [Test]
    public void Should_not_save_up_what_it_could_have_handed_out_while_it_waited()
    {
        var time = new FakeTimeProvider();
        var rate = new JobRate(50, Step, time);
        time.Advance(TimeSpan.FromHours(1));

        Assert.That(rate.Take(), Is.LessThanOrEqualTo(10));
    }
}
