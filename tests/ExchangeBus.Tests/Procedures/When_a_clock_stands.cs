using System.Globalization;
using CsCheck;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures;

[TestFixture]
public sealed class When_a_clock_stands
{
    private static readonly LegalClock Clock = new(Path.Combine(AppContext.BaseDirectory, "schemas", "legal"));
    private static readonly HolidayCalendar Calendar = System.Text.Json.JsonSerializer.Deserialize(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "schemas", "legal", "holidays.json")), LegalJson.Default.HolidayCalendar)!;

    private static readonly WorkingTime Time = new(Calendar);
    private static readonly ProcedureProfile Rules = Clock.ProfileAt(At("2026-11-23T09:00")).LinkedBirth;

    private static readonly Gen<DateTimeOffset> Moments =
        Gen.Long[At("2024-01-01T00:00").Ticks, At("2027-06-01T00:00").Ticks].Select(t => new DateTimeOffset(t - (t % TimeSpan.TicksPerSecond), TimeSpan.FromHours(7)));

    // Each was counted by hand on a calendar.
    [TestCase("2026-11-23T09:00", "2026-11-24T09:00", "2026-11-25T17:00", "2026-11-26T17:00", TestName = "one working day later by one working day")]
    [TestCase("2026-11-20T16:00", "2026-11-23T09:00", "2026-11-24T17:00", "2026-11-25T10:00", TestName = "a weekend costs nothing")]
    [TestCase("2026-02-13T16:00", "2026-02-23T09:00", "2026-02-13T17:00", "2026-02-23T10:00", TestName = "nor does Tet")]
    [TestCase("2024-04-26T16:00", "2024-05-04T09:00", "2024-05-03T17:00", "2024-05-07T10:00", TestName = "a swapped Saturday is worked, and the Monday it was swapped for is not")]
    [TestCase("2026-11-23T18:00", "2026-11-23T20:00", "2026-11-24T17:00", "2026-11-24T17:00", TestName = "an evening is no working time")]
    public void Should_run_on_with_the_working_time_that_was_left(string paused, string resumed, string due, string expected) =>
        Assert.That(Clock.Resume(Rules, At(due), At(paused), At(resumed)), Is.EqualTo(At(expected)));

    [Test]
    public void Should_have_as_much_left_after_as_before() =>
        Gen.Select(Moments, Gen.Int[0, 40], Gen.Int[0, 900], Gen.Int[0, 9_000]).Sample((asked, days, minutesToPause, minutesOfPause) =>
        {
            var due = Time.EndOfDay(Rules, asked, days);
            var paused = Time.Add(Rules, asked, TimeSpan.FromMinutes(minutesToPause));
            var resumed = paused.AddMinutes(minutesOfPause);
            var after = Clock.Resume(Rules, due, paused, resumed);
            return after >= due && (paused >= due || Time.Between(Rules, paused, due) == Time.Between(Rules, resumed, after));
        });

    [Test]
    public void Should_warn_when_four_fifths_of_the_working_time_are_over() =>
        Gen.Select(Moments, Gen.Int[1, 40]).Sample((asked, days) =>
        {
            var due = Time.EndOfDay(Rules, asked, days);
            var warn = Clock.WarnAt(Rules, asked, due);
            return warn < due && Math.Abs((Time.Between(Rules, asked, warn) - (0.8 * Time.Between(Rules, asked, due))).TotalSeconds) < 1;
        });

    [Test]
    public void Should_count_working_time_as_somebody_who_looks_at_every_quarter_of_an_hour() =>
        Gen.Select(Moments, Gen.Int[0, 4_000]).Sample((from, quarters) =>
        {
            from = new DateTimeOffset(from.Date.AddHours(from.Hour), from.Offset);
            var counted = Enumerable.Range(0, quarters).Select(q => from.AddMinutes(15 * q))
                .Count(q => Calendar.IsWorkingDay(DateOnly.FromDateTime(q.Date)) && q.Hour is >= 8 and < 17);
            return Time.Between(Rules, from, from.AddMinutes(15 * quarters)) == TimeSpan.FromMinutes(15 * counted);
        }, iter: 300);

    [Test]
    public void Should_say_of_each_limit_where_it_comes_from_or_that_the_law_leaves_it_open()
    {
        foreach (var at in (string[])["2021-06-01T09:00", "2024-08-01T09:00", "2026-11-23T09:00"])
            Assert.That(Clock.ProfileAt(At(at)).LinkedBirth.Steps.Values, Has.All.Matches<Limit>(l => (l!.Source is null) != (l.Open is null) && (l.WorkingDays is null) != (l.Elapsed is null)));
    }

    private static DateTimeOffset At(string local) => new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(7));
}
