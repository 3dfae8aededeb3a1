using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Clock;

/// <summary>Says which profile holds on a day, and until when a step may take by it.</summary>
internal sealed class LegalClock
{
    private const string CalendarFile = "holidays.json";
    private readonly LegalProfile[] _profiles;
    private readonly WorkingTime _time;

    public LegalClock(IOptions<ProceduresOptions> options)
        : this(options.Value.LegalFolder)
    {
    }

    internal LegalClock(string folder)
    {
        _time = new WorkingTime(JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, CalendarFile)), LegalJson.Default.HolidayCalendar)!);
        _profiles = [.. Directory.EnumerateFiles(folder, "*.json")
            .Where(f => Path.GetFileName(f) != CalendarFile)
            .Select(f => JsonSerializer.Deserialize(File.ReadAllBytes(f), LegalJson.Default.LegalProfile)!)
            .OrderBy(p => p.From)];
        if (_profiles.Length == 0)
            throw new InvalidOperationException($"No legal profile was found in {folder}.");
    }

    /// <summary>The profile that holds at a moment; the oldest one for what lies before it.</summary>
    internal LegalProfile ProfileAt(DateTimeOffset moment)
    {
        var day = DateOnly.FromDateTime(moment.ToOffset(WorkingTime.Offset).Date);
        return Array.FindLast(_profiles, p => p.From <= day) ?? _profiles[0];
    }

    /// <summary>
    /// The end of a step's time. Day 0 is the day of receipt when it is a working day and the cut-off hour has not passed,
    /// else the next working day; the time runs out at the end of the last working day.
    /// </summary>
    internal DateTimeOffset DueAt(ProcedureProfile profile, string step, DateTimeOffset received)
    {
        var limit = profile.Steps[step];
        return limit.Elapsed is { } elapsed ? received + elapsed : _time.EndOfDay(profile, received, limit.WorkingDays ?? 0);
    }

    /// <summary>When the share <see cref="ProcedureProfile.WarnAt"/> of the working time between two moments is over.</summary>
    internal DateTimeOffset WarnAt(ProcedureProfile profile, DateTimeOffset from, DateTimeOffset dueAt) =>
        _time.Add(profile, from, _time.Between(profile, from, dueAt) * profile.WarnAt);

    /// <summary>The end of a step's time after its clock has stood: it has as much working time left as when it was paused.</summary>
    internal DateTimeOffset Resume(ProcedureProfile profile, DateTimeOffset dueAt, DateTimeOffset pausedAt, DateTimeOffset resumedAt) =>
        resumedAt <= pausedAt ? dueAt : _time.Add(profile, dueAt, _time.Between(profile, pausedAt, resumedAt));
}
