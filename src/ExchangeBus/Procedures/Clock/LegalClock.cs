using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Clock;

/// <summary>Says which profile holds on a day, and until when a step may take by it.</summary>
internal sealed class LegalClock
{
    /// <summary>Vietnam keeps +07:00 the whole year.</summary>
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);
    private readonly LegalProfile[] _profiles;
    private readonly HolidayCalendar _calendar;

    public LegalClock(IOptions<ProceduresOptions> options)
        : this(options.Value.LegalFolder)
    {
    }

    internal LegalClock(string folder)
    {
        const string calendarFile = "holidays.json";
        _calendar = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, calendarFile)), LegalJson.Default.HolidayCalendar)!;
        _profiles = [.. Directory.EnumerateFiles(folder, "*.json")
            .Where(f => Path.GetFileName(f) != calendarFile)
            .Select(f => JsonSerializer.Deserialize(File.ReadAllBytes(f), LegalJson.Default.LegalProfile)!)
            .OrderBy(p => p.From)];
        if (_profiles.Length == 0)
            throw new InvalidOperationException($"No legal profile was found in {folder}.");
    }

    /// <summary>The profile that holds at a moment; the oldest one for what lies before it.</summary>
    internal LegalProfile ProfileAt(DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(moment.ToOffset(Offset).Date);
        return Array.FindLast(_profiles, p => p.From <= day) ?? _profiles[0];
    }

    /// <summary>
    /// The end of a step's time. Day 0 is the day of receipt when it is a working day and the cut-off hour has not passed,
    /// else the next working day; the time runs out at the end of the last working day.
    /// </summary>
    internal DateTimeOffset DueAt(LinkedBirthProfile profile, string step, DateTimeOffset received)
    {
        var limit = profile.Limits[step];
        if (limit.Elapsed is { } elapsed)
            return received + elapsed;

        var local = received.ToOffset(Offset);
        var day = DateOnly.FromDateTime(local.Date);
        if (!_calendar.IsWorkingDay(day) || TimeOnly.FromTimeSpan(local.TimeOfDay) >= profile.CutOff)
            day = NextWorkingDay(day);
        for (var left = limit.WorkingDays ?? 0; left > 0; left--)
            day = NextWorkingDay(day);
        return new DateTimeOffset(day.ToDateTime(profile.EndOfDay), Offset);
    }

    private DateOnly NextWorkingDay(DateOnly day)
    {
        do
            day = day.AddDays(1);
        while (!_calendar.IsWorkingDay(day));
        return day;
    }
}
