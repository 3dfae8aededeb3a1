using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_maintenance_is_announced
{
    private const string Notice = "2026-11-02 09:00";

    private static readonly Maintenance Tuesday = new("G01", Law.At("2026-11-17 08:00"), Law.At("2026-11-17 17:00"), Law.At(Notice));

    // Decree 47/2020, article 43. The notice is on a Monday: the seventh working day after it is Wednesday of the next week.
    [TestCase(Notice, "2026-11-11 00:00", true)]
    [TestCase(Notice, "2026-11-10 23:00", false)]
    [TestCase("2026-10-31 09:00", "2026-11-11 08:00", true, Description = "published on Saturday, the same as on Monday")]
    [TestCase("2026-02-12 09:00", "2026-03-02 08:00", true, Description = "Tet does not count: Friday, then Monday to Monday")]
    [TestCase("2026-02-12 09:00", "2026-02-27 08:00", false)]
    [TestCase("2026-11-18 09:00", "2026-11-17 08:00", false, Description = "afterwards")]
    public void Should_have_to_be_seven_working_days_ahead(string announced, string from, bool inTime)
    {
        var maintenance = new Maintenance("G01", Law.At(from), Law.At(from).AddHours(10), Law.At(announced));

        Assert.That(maintenance.IsAnnouncedInTime(Law.Calendar, noticeDays: 7), Is.EqualTo(inTime));
    }

    [TestCase("2026-11-06 09:00", 1)]
    [TestCase("2026-11-09 09:00", 0, Description = "six days ahead")]
    public void Should_enter_the_account_only_when_it_was_announced_in_time(string announced, int pauses) =>
        Assert.That(Law.Clock.Announce(Law.Step("2026-11-16 10:00", 2, "G01"), Tuesday with { AnnouncedAt = Law.At(announced) }).Pauses, Has.Count.EqualTo(pauses));

    [Test]
    public void Should_move_the_due_date_as_it_happens_and_say_before_what_is_expected()
    {
        var step = Law.Clock.Announce(Law.Step("2026-11-16 10:00", 2, "G01"), Tuesday);

        var before = Law.Clock.Read(step, Law.At("2026-11-16 12:00"));
        Assert.That((before.DueAt, before.ExpectedDueAt), Is.EqualTo((Law.At("2026-11-18 17:00"), Law.At("2026-11-19 17:00"))));
        Assert.That(Law.Clock.Read(step, Law.At("2026-11-17 10:00")).DueAt, Is.EqualTo(Law.At("2026-11-19 10:00")));
        var after = Law.Clock.Read(step, Law.At("2026-11-18 08:00"));
        Assert.That((after.DueAt, after.ExpectedDueAt), Is.EqualTo((Law.At("2026-11-19 17:00"), Law.At("2026-11-19 17:00"))));
    }

    [Test]
    public void Should_count_only_while_that_agency_holds_the_step()
    {
        var step = Law.Clock.Announce(Law.Step("2026-11-16 10:00", 2), Tuesday);
        Assert.That(Law.Clock.Read(step, Law.At("2026-11-18 08:00")).DueAt, Is.EqualTo(Law.At("2026-11-18 17:00")), "another agency holds it");

        step = step.HandedOver("G01", Law.At("2026-11-17 12:00"));
        Assert.That(Law.Clock.Read(step, Law.At("2026-11-18 08:00")).DueAt, Is.EqualTo(Law.At("2026-11-19 13:00")), "from noon to 17:00: five hours");
    }

    [Test]
    public void Should_end_early_when_the_agency_is_back()
    {
        var step = Law.Clock.Announce(Law.Step("2026-11-16 10:00", 2, "G01"), Tuesday);
        var next = Tuesday with { From = Law.At("2026-11-18 08:00"), Until = Law.At("2026-11-18 09:00") };

        var back = Law.Clock.Announce(step, next).MaintenanceEnded("G01", Law.At("2026-11-17 10:00"));

        Assert.That(Law.Clock.Read(back, Law.At("2026-11-17 12:00")).ExpectedDueAt, Is.EqualTo(Law.At("2026-11-19 10:00")), "two hours, and what was to come is over too");
        Assert.That(step.MaintenanceEnded("G24", Law.At("2026-11-17 10:00")).Pauses, Is.EqualTo(step.Pauses), "another agency is back");
    }

    [Test]
    public void Should_not_enter_twice_nor_when_it_is_over()
    {
        var step = Law.Step("2026-11-16 10:00", 2, "G01").WithMaintenance(Tuesday);

        Assert.That(step.WithMaintenance(Tuesday), Is.SameAs(step));
        Assert.That(step.WithMaintenance(Tuesday with { From = Law.At("2026-11-15 08:00"), Until = Law.At("2026-11-16 10:00") }), Is.SameAs(step));
    }
}
