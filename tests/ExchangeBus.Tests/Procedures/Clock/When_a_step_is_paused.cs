using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_a_step_is_paused
{
    // Each is computed by hand; a working day is 8:00 to 17:00.
    [TestCase("2026-11-16 10:00", 2, "2026-11-16 14:00", "2026-11-17 09:00", "2026-11-19 12:00", TestName = "three hours and one: four hours later than Wednesday 17:00")]
    [TestCase("2026-02-13 10:00", 2, "2026-02-13 14:00", "2026-02-23 10:00", "2026-02-25 13:00", TestName = "over Tet: three hours before it and two after")]
    [TestCase("2026-01-08 09:00", 2, "2026-01-09 16:00", "2026-01-10 09:00", "2026-01-12 10:00", TestName = "into a swapped Saturday: one hour and one")]
    [TestCase("2026-11-16 10:00", 2, "2026-11-16 17:00", "2026-11-17 08:00", "2026-11-18 17:00", TestName = "at night: nothing")]
    [TestCase("2026-11-13 10:00", 2, "2026-11-13 18:00", "2026-11-15 23:00", "2026-11-17 17:00", TestName = "over a weekend: nothing")]
    [TestCase("2026-11-16 16:00", 0, "2026-11-16 16:30", "2026-11-17 09:00", "2026-11-18 09:00", TestName = "begun before the clock runs: only the hour after its start")]
    [TestCase("2026-11-16 10:00", 0, "2026-11-16 17:00", "2026-11-18 17:00", "2026-11-16 17:00", TestName = "begun when the time had run out: nothing")]
    public void Should_move_the_due_date_by_the_working_time_of_the_pause(string received, int days, string paused, string resumed, string due)
    {
        var step = Law.Step(received, days).Paused(Law.At(paused)).Resumed(Law.At(resumed));

        Assert.That(Law.Clock.Read(step, Law.At(resumed)).DueAt, Is.EqualTo(Law.At(due)));
    }

    [Test]
    public void Should_not_be_late_while_it_is_paused_and_move_on_with_time()
    {
        var step = Law.Step("2026-11-16 10:00", 0).Paused(Law.At("2026-11-16 16:00"));
        var reading = Law.Clock.Read(step, Law.At("2026-11-18 10:00"));

        Assert.That((reading.DueAt, reading.IsLate, reading.Remaining), Is.EqualTo((Law.At("2026-11-18 11:00"), false, TimeSpan.FromHours(1))));
    }

    [Test]
    public void Should_count_overlapping_pauses_once()
    {
        var step = Law.Step("2026-11-16 10:00", 2)
            .WithMaintenance(new Maintenance("G15", Law.At("2026-11-17 09:00"), Law.At("2026-11-17 12:00"), Law.At("2026-11-02 09:00")))
            .Paused(Law.At("2026-11-17 11:00")).Resumed(Law.At("2026-11-17 13:00"));

        Assert.That(Law.Clock.Read(step, Law.At("2026-11-17 14:00")).DueAt, Is.EqualTo(Law.At("2026-11-19 12:00")), "from 9 to 13: four hours");
    }

    [Test]
    public void Should_stand_still_in_plain_time_for_a_limit_in_plain_time()
    {
        var limit = new Limit { Elapsed = TimeSpan.FromHours(4), Source = "a test" };
        var step = LegalClock.Start(Law.Profile, limit, Law.At("2026-11-20 16:00"), "G15").Paused(Law.At("2026-11-20 18:00")).Resumed(Law.At("2026-11-21 01:00"));

        var reading = Law.Clock.Read(step, Law.At("2026-11-21 02:00"));

        Assert.That((reading.DueAt, reading.Remaining, reading.IsEstimate), Is.EqualTo((Law.At("2026-11-21 03:00"), TimeSpan.FromHours(1), false)));
    }

    // Received at 10:00 with two days: 25 hours, of which 20 are 7 on Monday, 9 on Tuesday and 4 on Wednesday.
    [Test]
    public void Should_warn_when_four_fifths_of_the_working_time_are_used()
    {
        var step = Law.Step("2026-11-16 10:00", 2);
        Assert.That(Law.Clock.Read(step, step.ReceivedAt).WarnAt, Is.EqualTo(Law.At("2026-11-18 12:00")));

        step = step.Paused(Law.At("2026-11-17 09:00")).Resumed(Law.At("2026-11-17 11:00"));
        Assert.That(Law.Clock.Read(step, Law.At("2026-11-17 11:00")).WarnAt, Is.EqualTo(Law.At("2026-11-18 14:00")), "a pause moves the warning as well");

        step = step.Extended(TimeLimit.Days(5), "the register was away", Law.At("2026-11-17 12:00"));
        Assert.That(Law.Clock.Read(step, Law.At("2026-11-17 12:00")).WarnAt, Is.EqualTo(Law.At("2026-11-24 14:00")), "of 70 hours 56, and two of the pause");
    }

    [Test]
    public void Should_mark_a_due_date_across_days_that_are_not_known()
    {
        Assert.That(Law.Clock.Read(Law.Step("2026-12-29 10:00", 2), Law.At("2026-12-29 11:00")).IsEstimate, Is.False);
        Assert.That(Law.Clock.Read(Law.Step("2026-12-29 10:00", 3), Law.At("2026-12-29 11:00")).IsEstimate, Is.True);
    }

    [Test]
    public void Should_take_what_comes_again_once_and_nothing_after_the_end()
    {
        var paused = Law.Step("2026-11-16 10:00", 2).Paused(Law.At("2026-11-16 11:00"));
        Assert.That(paused.Paused(Law.At("2026-11-16 12:00")), Is.SameAs(paused));
        var resumed = paused.Resumed(Law.At("2026-11-16 13:00"));
        Assert.That(resumed.Resumed(Law.At("2026-11-16 14:00")), Is.SameAs(resumed));
        Assert.That(resumed.Paused(Law.At("2026-11-16 10:30")).Pauses[^1].From, Is.EqualTo(Law.At("2026-11-16 13:00")), "out of order: not before what is known");

        var ended = paused.Ended(Law.At("2026-11-17 10:00"));
        Assert.That(ended.Pauses[^1].Until, Is.EqualTo(Law.At("2026-11-17 10:00")));
        Assert.That(ended.Ended(Law.At("2026-11-18 10:00")), Is.SameAs(ended));
        Assert.That(ended.Paused(Law.At("2026-11-18 10:00")).HandedOver("G01", Law.At("2026-11-18 10:00")).Extended(TimeLimit.Days(1), "no", Law.At("2026-11-18 10:00")), Is.SameAs(ended));
        Assert.That(Law.Clock.Read(ended, Law.At("2027-03-01 10:00")), Is.EqualTo(Law.Clock.Read(ended, Law.At("2026-11-17 10:00"))));
    }
}
