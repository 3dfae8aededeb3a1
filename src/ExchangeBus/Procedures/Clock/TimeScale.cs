namespace ExchangeBus.Procedures.Clock;

/// <summary>
/// Puts moments on a line on which only counted time passes, so that adding and subtracting on it is exact. The unit is a tick (100 ns).
/// Of working time the line stands still outside the hours of working days; of plain time, it is the clock.
/// </summary>
internal readonly struct TimeScale
{
    /// <summary>Vietnam keeps +07:00 the whole year.</summary>
    internal static readonly TimeSpan Offset = TimeSpan.FromHours(7);
    private readonly WorkingCalendar? _calendar;
    private readonly long _start;
    private readonly long _end;
    private readonly long _cutOff;

    private TimeScale(WorkingCalendar calendar, WorkingHours hours)
    {
        _calendar = calendar;
        (_start, _cutOff, _end) = (hours.StartOfDay.At.Ticks, hours.CutOff.At.Ticks, hours.EndOfDay.At.Ticks);
    }

    private long Length => _end - _start;

    /// <summary>The line on which a limit is counted.</summary>
    internal static TimeScale Of(TimeLimit limit, WorkingCalendar calendar, WorkingHours hours) => limit.Elapsed is null ? new TimeScale(calendar, hours) : default;

    /// <summary>The day in Vietnam.</summary>
    internal static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDayNumber((int)(LocalTicks(moment) / TimeSpan.TicksPerDay));

    internal long Position(DateTimeOffset moment)
    {
        if (_calendar is null)
            return moment.UtcTicks;
        var (day, time) = Split(moment);
        var before = _calendar.Ordinal(day) * Length;
        return _calendar.IsWorkingDay(day) ? before + Math.Clamp(time - _start, 0, Length) : before;
    }

    /// <summary>The earliest moment at a position: the end of a working day rather than the start of the next.</summary>
    internal DateTimeOffset Moment(long position)
    {
        if (_calendar is null)
            return new DateTimeOffset(position, TimeSpan.Zero).ToOffset(Offset);
        var (days, rest) = Math.DivRem(position, Length);
        return rest == 0 ? At(_calendar.DayOf((int)days - 1), _end) : At(_calendar.DayOf((int)days), _start + rest);
    }

    /// <summary>
    /// Where a limit begins and ends. Day 0 is the day of receipt when it is a working day and the cut-off hour has not come, else the next working day;
    /// the time runs out at the end of the last day.
    /// </summary>
    internal (long Start, long Due) Span(DateTimeOffset received, TimeLimit limit)
    {
        var start = Position(received);
        if (_calendar is null)
            return (start, start + limit.Elapsed!.Value.Ticks);
        var (day, time) = Split(received);
        var ordinal = _calendar.Ordinal(day);
        if (time >= _cutOff && _calendar.IsWorkingDay(day))
            start = ++ordinal * Length;
        return (start, (ordinal + limit.WorkingDays!.Value + 1) * Length);
    }

    /// <summary>Length of a limit that is added to one that runs: whole days of working hours, or plain time.</summary>
    internal long Added(TimeLimit limit) => _calendar is null ? limit.Elapsed!.Value.Ticks : limit.WorkingDays!.Value * Length;

    private static long LocalTicks(DateTimeOffset moment) => moment.UtcTicks + Offset.Ticks;

    private static (int Day, long Time) Split(DateTimeOffset moment)
    {
        var (day, time) = Math.DivRem(LocalTicks(moment), TimeSpan.TicksPerDay);
        return ((int)day, time);
    }

    private static DateTimeOffset At(int day, long time) => new((day * TimeSpan.TicksPerDay) + time, Offset);
}
