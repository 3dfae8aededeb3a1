using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_working_days_are_counted
{
    private static readonly int First = new DateOnly(2015, 1, 1).DayNumber, Last = new DateOnly(2040, 1, 1).DayNumber;

    /// <summary>Labour Code, article 112: eleven days a year, of which those on a weekend have a substitute; so each year has as many weekdays off.</summary>
    [TestCase(2021)]
    [TestCase(2022)]
    [TestCase(2023)]
    [TestCase(2024)]
    [TestCase(2025)]
    [TestCase(2026)]
    [TestCase(2027)]
    public void Should_have_the_eleven_days_off_of_each_year(int year)
    {
        var first = new DateOnly(year, 1, 1);
        var days = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Select(first.AddDays).ToArray();

        Assert.That(days.Count(d => d.DayNumber % 7 < 5) - days.Count(Law.Calendar.IsWorkingDay), Is.EqualTo(11), "a swap takes one day and gives another");
    }

    [TestCase("2021-02-16", false)]
    [TestCase("2021-02-17", true)]
    [TestCase("2022-01-31", false)]
    [TestCase("2023-01-26", false)]
    [TestCase("2023-05-03", false)]
    [TestCase("2024-02-14", false)]
    [TestCase("2024-04-29", false)]
    [TestCase("2024-05-04", true)]
    [TestCase("2024-05-11", false)]
    [TestCase("2025-05-02", false)]
    [TestCase("2025-04-26", true)]
    [TestCase("2026-02-23", true)]
    public void Should_know_Tet_substitute_and_swapped_days(string day, bool worked) =>
        Assert.That(Law.Calendar.IsWorkingDay(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(worked));

    [Test]
    public void Should_number_working_days_without_gap_inside_and_outside_of_the_file() => Gen.Int[First, Last].Sample(day =>
    {
        var ordinal = Law.Calendar.Ordinal(day);
        Assert.That(Law.Calendar.Ordinal(day + 1) - ordinal, Is.EqualTo(Law.Calendar.IsWorkingDay(day) ? 1 : 0));
        var next = Law.Calendar.DayOf(ordinal);
        Assert.That(next, Is.GreaterThanOrEqualTo(day));
        Assert.That(Law.Calendar.IsWorkingDay(next), $"day {next} has number {ordinal} and is worked");
        Assert.That(Enumerable.Range(day, next - day).Any(Law.Calendar.IsWorkingDay), Is.False, "no working day lies between");
    });

    [TestCase("2026-11-20", "2026-11-23", false)]
    [TestCase("2026-11-20", "2026-11-24", true, Description = "the Day of Vietnamese Culture is not decided")]
    [TestCase("2026-12-30", "2026-12-31", false)]
    [TestCase("2026-12-31", "2027-01-04", true, Description = "no notice for 2027")]
    [TestCase("2020-12-31", "2021-01-04", true, Description = "before the calendar")]
    public void Should_say_when_days_are_not_all_known(string from, string to, bool estimate) =>
        Assert.That(Law.Clock.IsEstimate(Law.At(from + " 09:00"), Law.At(to + " 17:00")), Is.EqualTo(estimate));

    [Test]
    public void Should_warn_thirty_days_before_the_calendar_ends()
    {
        Assert.That(Law.Clock.KnownUntil, Is.EqualTo(new DateOnly(2026, 12, 31)));
        Assert.That(Law.Clock.CalendarEndsSoon(Law.At("2026-12-01 23:59")), Is.False);
        Assert.That(Law.Clock.CalendarEndsSoon(Law.At("2026-12-02 00:00")), Is.True);
    }

    [TestCase("holidays", "\"2024-04-30\"", "\"2024-04-28\"", "2024-04-28 is not a weekday")]
    [TestCase("holidays", "\"2024-04-30\"", "\"2025-04-29\"", "2025-04-29 is not a weekday of 2024")]
    [TestCase("holidays", "\"2024-04-30\"", "\"2024-05-01\"", "2024-05-01 is there twice")]
    [TestCase("swaps", "\"2024-05-04\"", "\"2024-05-05\"", "2024-05-05 is worked in a swap and is not a Saturday")]
    [TestCase("years", "\"year\":2024", "\"year\":2025", "2025 is not")]
    [TestCase("knownUntil", "\"knownUntil\":\"2026-12-31\"", "\"knownUntil\":\"2028-12-31\"", "knownUntil lies within")]
    public void Should_refuse_days_that_contradict_each_other(string _, string from, string to, string message)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Law.Folder, "holidays.json")))!.ToJsonString();
        var file = JsonSerializer.Deserialize(json.Replace(from, to, StringComparison.Ordinal), LegalJson.Default.HolidayFile)!;

        Assert.That(() => new WorkingCalendar(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));
    }
}
