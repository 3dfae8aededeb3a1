using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Clock;

/// <summary>Says which profile holds on a day, until when a step may take by it, and who held what is late.</summary>
internal sealed class LegalClock
{
    /// <summary>Days before the end of the known calendar on which it is time to enter the next year's notice.</summary>
    private const int WarningDays = 30;
    private readonly LegalProfile[] _profiles;
    private readonly WorkingCalendar _calendar;

    public LegalClock(IOptions<ProceduresOptions> options)
        : this(options.Value.LegalFolder)
    {
    }

    internal LegalClock(string folder) => (_calendar, _profiles) = (LegalFolder.LoadCalendar(folder), LegalFolder.LoadProfiles(folder));

    /// <summary>Last day of which it is known whether it is worked; due dates across later days are estimates.</summary>
    internal DateOnly KnownUntil => _calendar.KnownUntil;

    /// <summary>Whether the calendar ends within 30 days, so that the next year's notice has to be entered.</summary>
    internal bool CalendarEndsSoon(DateTimeOffset now) => TimeScale.DayOf(now).AddDays(WarningDays) > KnownUntil;

    /// <summary>The profile of a dossier that was submitted at a moment; the oldest one for what lies before it.</summary>
    internal LegalProfile ProfileAt(DateTimeOffset submitted) => ProfileOf(TimeScale.DayOf(submitted));

    /// <summary>The profile that holds on a day in Vietnam.</summary>
    internal LegalProfile ProfileOf(DateOnly day)
    {
        for (var i = _profiles.Length - 1; i > 0; i--)
        {
            if (_profiles[i].From <= day)
                return _profiles[i];
        }

        return _profiles[0];
    }

    /// <summary>
    /// The end of a step's time. Day 0 is the day of receipt when it is a working day and the cut-off hour has not come, else the next working day;
    /// the time runs out at the end of the last working day. Allocates nothing.
    /// </summary>
    internal DateTimeOffset DueAt(LegalProfile profile, Limit limit, DateTimeOffset received)
    {
        var scale = TimeScale.Of(limit.Time, _calendar, profile.Hours);
        return scale.Moment(scale.Span(received, limit.Time).Due);
    }

    /// <summary>Whether not all working days between two moments are known; see <see cref="KnownUntil"/>.</summary>
    internal bool IsEstimate(DateTimeOffset from, DateTimeOffset to) => _calendar.IsEstimate(TimeScale.DayOf(from), TimeScale.DayOf(to));

    /// <summary>Begins the account of a step.</summary>
    internal static StepClock Start(LegalProfile profile, Limit limit, DateTimeOffset received, string holder) =>
        new() { Law = profile.From, ReceivedAt = received, Limit = limit.Time, Holders = [new Holding(holder, received)] };

    /// <summary>
    /// Enters a maintenance in the account of a step; one that was announced too late changes nothing. The notice is the agency's duty, so that the law of
    /// the day of the notice says how early it has to be, the same for all dossiers.
    /// </summary>
    internal StepClock Announce(StepClock step, Maintenance maintenance) =>
        maintenance.IsAnnouncedInTime(_calendar, ProfileAt(maintenance.AnnouncedAt).MaintenanceNotice.WorkingDays!.Value) ? step.WithMaintenance(maintenance) : step;

    /// <summary>What the account of a step says now.</summary>
    internal ClockReading Read(StepClock step, DateTimeOffset now)
    {
        if (step.EndedAt < now)
            now = step.EndedAt.Value;
        var profile = ProfileOf(step.Law);
        var scale = TimeScale.Of(step.Limit, _calendar, profile.Hours);
        var account = new StepAccount(scale, step, now, announced: false);
        var due = account.DueAt;
        var late = now > due;
        var expected = step.EndedAt is null && step.Pauses.Any(p => p.Until > now) ? new StepAccount(scale, step, now, announced: true).DueAt : due;
        return new ClockReading
        {
            DueAt = due,
            ExpectedDueAt = expected,
            WarnAt = account.MomentOf(profile.WarningShare.Value),
            Remaining = account.Remaining,
            IsLate = late,
            // Plain time asks no calendar.
            IsEstimate = step.Limit.Elapsed is null && IsEstimate(step.ReceivedAt, expected),
            Lateness = late || step.Extensions.Count > 0 ? account.Lateness() : [],
        };
    }
}
