using System.Globalization;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_a_deadline_is_computed
{
    // Registration: the same working day, the next one after 15:00. Residence: two working days (Decree 63/2024).
    [TestCase("registration", "2026-11-16T09:00:00+07:00", "2026-11-16T17:00:00+07:00", TestName = "in the morning")]
    [TestCase("registration", "2026-11-16T03:00:00+07:00", "2026-11-16T17:00:00+07:00", TestName = "before the office opens")]
    [TestCase("registration", "2026-11-16T14:59:59+07:00", "2026-11-16T17:00:00+07:00", TestName = "just before the cut-off")]
    [TestCase("registration", "2026-11-16T15:00:00+07:00", "2026-11-17T17:00:00+07:00", TestName = "at the cut-off")]
    [TestCase("registration", "2026-11-20T16:00:00+07:00", "2026-11-23T17:00:00+07:00", TestName = "on Friday afternoon")]
    [TestCase("registration", "2026-11-22T16:00:00+07:00", "2026-11-23T17:00:00+07:00", TestName = "on Sunday afternoon")]
    [TestCase("registration", "2026-11-22T18:00:00Z", "2026-11-23T17:00:00+07:00", TestName = "in universal time it is still Sunday")]
    [TestCase("permanentResidence", "2026-11-26T10:00:00+07:00", "2026-11-30T17:00:00+07:00", TestName = "two working days over a weekend")]
    [TestCase("permanentResidenceVerified", "2026-11-26T10:00:00+07:00", "2026-12-03T17:00:00+07:00", TestName = "five working days with verification")]
    [TestCase("permanentResidence", "2026-02-13T10:00:00+07:00", "2026-02-24T17:00:00+07:00", TestName = "two working days over Tet")]
    [TestCase("permanentResidence", "2026-01-08T09:00:00+07:00", "2026-01-10T17:00:00+07:00", TestName = "a swapped Saturday is worked")]
    [TestCase("registration", "2026-01-10T09:00:00+07:00", "2026-01-10T17:00:00+07:00", TestName = "received on a swapped Saturday")]
    [TestCase("registration", "2026-01-10T15:30:00+07:00", "2026-01-12T17:00:00+07:00", TestName = "after the cut-off on a swapped Saturday")]
    [TestCase("registration", "2025-12-31T16:00:00+07:00", "2026-01-05T17:00:00+07:00", TestName = "over New Year and the day that was swapped off")]
    [TestCase("permanentResidence", "2025-04-25T09:00:00+07:00", "2025-04-28T17:00:00+07:00", TestName = "over the swapped Saturday of 2025")]
    [TestCase("permanentResidence", "2026-08-27T09:00:00+07:00", "2026-09-03T17:00:00+07:00", TestName = "over National Day and its swap")]
    public void Should_count_working_days_in_Vietnam(string step, string received, string due)
    {
        var moment = DateTimeOffset.Parse(received, CultureInfo.InvariantCulture);
        var profile = Law.Clock.ProfileAt(moment);

        Assert.That(Law.Clock.DueAt(profile, profile.LinkedBirth.LimitOf(step), moment), Is.EqualTo(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Should_count_plain_time_through_nights()
    {
        var limit = new Limit { Elapsed = TimeSpan.FromHours(30), Source = "a test" };

        Assert.That(Law.Clock.DueAt(Law.Profile, limit, Law.At("2026-11-20 16:00")), Is.EqualTo(Law.At("2026-11-21 22:00")));
    }

    [Test]
    public void Should_allocate_nothing()
    {
        var (limit, received) = (Law.Profile.LinkedBirth.LimitOf(StepNames.PermanentResidence), Law.At("2026-02-13 10:00"));
        Law.Clock.DueAt(Law.Clock.ProfileAt(received), limit, received);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Law.Clock.DueAt(Law.Clock.ProfileAt(received), limit, received);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero, "a due date is computed for each step of each dossier");
    }
}
