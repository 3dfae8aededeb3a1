namespace ExchangeBus.Procedures.Clock;

/// <summary>Working days and the hours within them, Vietnam's time. All of it is arithmetic on a table that is made once.</summary>
internal sealed class WorkingTime
{
    /// <summary>Vietnam keeps +07:00 the whole year.</summary>
    internal static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    // Before and after the calendar's own years there are weekends only.
    private static readonly DateOnly First = new(2000, 1, 3);
    private readonly int[] _before;
    private readonly int[] _days;

    internal WorkingTime(HolidayCalendar calendar)
    {
        var last = new DateOnly(2060, 1, 1);
        _before = new int[last.DayNumber - First.DayNumber + 1];
        var days = new List<int>();
        for (var i = 0; i < _before.Length; i++)
        {
            _before[i] = days.Count;
            if (calendar.IsWorkingDay(First.AddDays(i)))
                days.Add(i);
        }

        _days = [.. days];
    }

    /// <summary>The end of the day that lies so many working days after the day on which something counts as received.</summary>
    internal DateTimeOffset EndOfDay(ProcedureProfile profile, DateTimeOffset received, int workingDays)
    {
        var local = received.ToOffset(Offset);
        var day = IndexOf(local);
        // The first working day that is not before today, or after it when today's hour has passed.
        var ordinal = _before[IsWorkingDay(day) && TimeOnly.FromTimeSpan(local.TimeOfDay) >= profile.CutOff ? day + 1 : day];
        return At(ordinal + workingDays, profile.EndOfDay);
    }

    /// <summary>The working time between two moments; zero when the second is not after the first.</summary>
    internal TimeSpan Between(ProcedureProfile profile, DateTimeOffset from, DateTimeOffset to)
    {
        var worked = Worked(profile, to) - Worked(profile, from);
        return worked > TimeSpan.Zero ? worked : TimeSpan.Zero;
    }

    /// <summary>The first moment by which so much working time has passed since another.</summary>
    internal DateTimeOffset Add(ProcedureProfile profile, DateTimeOffset moment, TimeSpan workingTime)
    {
        if (workingTime <= TimeSpan.Zero)
            return moment;
        var day = profile.EndOfDay - profile.StartOfDay;
        var (ordinal, rest) = Math.DivRem((Worked(profile, moment) + workingTime).Ticks, day.Ticks);
        // What fills a day ends with it, not with the beginning of the next.
        return rest == 0 ? At((int)ordinal - 1, profile.EndOfDay) : At((int)ordinal, profile.StartOfDay) + TimeSpan.FromTicks(rest);
    }

    // The working time since the beginning of the table.
    private TimeSpan Worked(ProcedureProfile profile, DateTimeOffset moment)
    {
        var local = moment.ToOffset(Offset);
        var day = IndexOf(local);
        var hours = profile.EndOfDay - profile.StartOfDay;
        var worked = _before[day] * hours;
        if (!IsWorkingDay(day))
            return worked;
        var today = local.TimeOfDay - profile.StartOfDay.ToTimeSpan();
        return worked + (today < TimeSpan.Zero ? TimeSpan.Zero : today > hours ? hours : today);
    }

    private DateTimeOffset At(int ordinal, TimeOnly time) => new(First.AddDays(_days[ordinal]).ToDateTime(time), Offset);

    private bool IsWorkingDay(int day) => _days[_before[day]] == day;

    private static int IndexOf(DateTimeOffset local) => DateOnly.FromDateTime(local.Date).DayNumber - First.DayNumber;
}
