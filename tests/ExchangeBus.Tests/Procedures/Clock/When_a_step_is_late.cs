using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_a_step_is_late
{
    // Due on Monday at 17:00; G15 has it until Tuesday noon, then G01 until Wednesday at 10.
    private static readonly StepClock Handed = Law.Step("2026-11-16 10:00", 0).HandedOver("G01", Law.At("2026-11-17 12:00"));

    private static readonly DateTimeOffset End = Law.At("2026-11-18 10:00");

    [TestCase("2026-11-16 17:00:00", false)]
    [TestCase("2026-11-16 17:00:01", true)]
    public void Should_be_late_after_the_due_moment_only(string now, bool late) => Assert.That(Law.Clock.Read(Handed, Law.At(now)).IsLate, Is.EqualTo(late));

    [Test]
    public void Should_give_each_late_hour_to_the_agency_that_held_it() =>
        Assert.That(Law.Clock.Read(Handed.Ended(End), End).Lateness, Is.EqualTo([Hours("G15", 4), Hours("G01", 7)]));

    [Test]
    public void Should_give_nobody_the_hours_of_the_citizen()
    {
        var step = Handed.Paused(Law.At("2026-11-17 14:00")).Resumed(Law.At("2026-11-17 16:00")).Ended(End);

        Assert.That(Law.Clock.Read(step, End).Lateness, Is.EqualTo([Hours("G15", 4), Hours("G01", 5)]));
    }

    [Test]
    public void Should_add_up_what_an_agency_held_twice()
    {
        var step = Handed.HandedOver("G15", Law.At("2026-11-17 15:00")).Ended(End);

        Assert.That(Law.Clock.Read(step, End).Lateness, Is.EqualTo([Hours("G15", 8), Hours("G01", 3)]));
    }

    [Test]
    public void Should_have_no_late_hours_on_the_night_after_the_due_date() => Assert.That(Law.Clock.Read(Handed, Law.At("2026-11-17 07:00")).Lateness, Is.Empty);

    // One more day, decided on Tuesday at 10: two hours were late before, and again two after Tuesday 17:00.
    [Test]
    public void Should_not_make_late_hours_undone_by_an_extension()
    {
        var step = Handed.Extended(TimeLimit.Days(1), "the register was away", Law.At("2026-11-17 10:00"));

        var before = Law.Clock.Read(step, Law.At("2026-11-17 16:00"));
        Assert.That((before.IsLate, before.DueAt), Is.EqualTo((false, Law.At("2026-11-17 17:00"))));
        Assert.That(before.Lateness, Is.EqualTo([Hours("G15", 2)]));
        Assert.That(Law.Clock.Read(step.Ended(End), End).Lateness, Is.EqualTo([Hours("G15", 2), Hours("G01", 2)]));
    }

    [Test]
    public void Should_extend_with_a_reason_and_in_its_own_kind_of_time_only()
    {
        var at = Law.At("2026-11-16 12:00");

        Assert.That(() => Handed.Extended(TimeLimit.Days(1), " ", at), Throws.ArgumentException);
        Assert.That(() => Handed.Extended(TimeLimit.Days(0), "why", at), Throws.ArgumentException);
        Assert.That(() => Handed.Extended(TimeLimit.Plain(TimeSpan.FromHours(1)), "why", at), Throws.ArgumentException);
        Assert.That(() => (Handed with { Limit = TimeLimit.Plain(TimeSpan.FromHours(1)) }).Extended(TimeLimit.Days(1), "why", at), Throws.ArgumentException);
    }

    private static Lateness Hours(string agency, int hours) => new(agency, TimeSpan.FromHours(hours));
}
