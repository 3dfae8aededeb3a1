using System.Globalization;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

/// <summary>The law as it ships, and moments in Vietnam.</summary>
internal static class Law
{
    internal static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "schemas", "legal");

    internal static readonly LegalClock Clock = new(Folder);

    internal static readonly WorkingCalendar Calendar = LegalFolder.LoadCalendar(Folder);

    /// <summary>The profile of today's dossiers, working from 8 to 17.</summary>
    internal static readonly LegalProfile Profile = Clock.ProfileOf(new DateOnly(2026, 9, 1));

    /// <summary>Reads <c>2026-11-23 09:00</c>.</summary>
    internal static DateTimeOffset At(string moment) => DateTimeOffset.Parse(moment + "+07:00", CultureInfo.InvariantCulture);

    internal static Limit Days(int days) => new() { WorkingDays = days, Source = "a test" };

    internal static StepClock Step(string received, int days, string holder = "G15") => LegalClock.Start(Profile, Days(days), At(received), holder);
}
