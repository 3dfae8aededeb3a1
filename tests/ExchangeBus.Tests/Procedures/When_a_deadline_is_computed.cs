using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures;

[TestFixture]
public sealed class When_a_deadline_is_computed
{
    private static readonly LegalClock Clock = new(Path.Combine(AppContext.BaseDirectory, "schemas", "legal"));

    // Registration: the same working day, the next one after 15:00. Residence: two working days (Decree 63/2024).
    [TestCase("registration", "2026-11-23T09:00:00+07:00", "2026-11-23T17:00:00+07:00", TestName = "in the morning")]
    [TestCase("registration", "2026-11-23T14:59:59+07:00", "2026-11-23T17:00:00+07:00", TestName = "just before the cut-off")]
    [TestCase("registration", "2026-11-23T15:00:00+07:00", "2026-11-24T17:00:00+07:00", TestName = "at the cut-off")]
    [TestCase("registration", "2026-11-20T16:00:00+07:00", "2026-11-23T17:00:00+07:00", TestName = "on Friday afternoon")]
    [TestCase("registration", "2026-11-22T10:00:00+07:00", "2026-11-23T17:00:00+07:00", TestName = "on Sunday")]
    [TestCase("registration", "2026-11-22T18:00:00Z", "2026-11-23T17:00:00+07:00", TestName = "in universal time it is still Sunday")]
    [TestCase("permanentResidence", "2026-11-26T10:00:00+07:00", "2026-11-30T17:00:00+07:00", TestName = "two working days over a weekend")]
    [TestCase("permanentResidence", "2026-02-13T10:00:00+07:00", "2026-02-24T17:00:00+07:00", TestName = "two working days over Tet")]
    public void Should_count_working_days_in_Vietnam(string step, string received, string due)
    {
        var moment = DateTimeOffset.Parse(received, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(Clock.DueAt(Clock.ProfileAt(moment).LinkedBirth, step, moment), Is.EqualTo(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
