using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

/// <summary>The rule as one would tell it: go through the working minutes one by one and strike out what is paused. Slow, and without any reckoning of positions.</summary>
internal sealed class MinuteClock
{
    private readonly StepClock _step;
    private readonly DateTimeOffset _now;

    internal MinuteClock(StepClock step, DateTimeOffset now)
    {
        (_step, _now) = (step, now);
        var (start, limit) = StartAndLimit();
        var total = limit + (_step.Extensions.Sum(e => e.By.WorkingDays!.Value) * 540);
        var used = 0;
        for (var minute = start; DueAt is null || minute < now; minute = minute.AddMinutes(1))
        {
            if (!IsWorked(minute) || IsPaused(minute))
                continue;
            var given = limit + (_step.Extensions.Where(e => e.At <= minute).Sum(e => e.By.WorkingDays!.Value) * 540);
            if (minute < now && used >= given)
            {
                var holder = _step.Holders.Last(h => h.Since <= minute || h == _step.Holders[0]).Agency;
                Late[holder] = Late.GetValueOrDefault(holder) + TimeSpan.FromMinutes(1);
            }

            used++;
            if (minute < now)
                Used = TimeSpan.FromMinutes(used);
            if (used == total)
                DueAt = minute.AddMinutes(1);
        }

        Total = TimeSpan.FromMinutes(total);
    }

    internal DateTimeOffset? DueAt { get; }

    /// <summary>Working time outside pauses until now.</summary>
    internal TimeSpan Used { get; }

    internal TimeSpan Total { get; }

    internal Dictionary<string, TimeSpan> Late { get; } = [];

    private (DateTimeOffset Start, int Minutes) StartAndLimit()
    {
        var day = _step.ReceivedAt;
        while (!Law.Calendar.IsWorkingDay(TimeScale.DayOf(day)) || (day == _step.ReceivedAt && day.TimeOfDay >= TimeSpan.FromHours(15)))
            day = new DateTimeOffset(day.Date.AddDays(1), day.Offset);
        var end = day;
        for (var left = _step.Limit.WorkingDays!.Value; left > 0; left--)
        {
            do
                end = end.AddDays(1);
            while (!Law.Calendar.IsWorkingDay(TimeScale.DayOf(end)));
        }

        var minutes = 0;
        for (var minute = day; minute < new DateTimeOffset(end.Date.AddHours(17), end.Offset); minute = minute.AddMinutes(1))
            minutes += IsWorked(minute) ? 1 : 0;
        return (day, minutes);
    }

    private static bool IsWorked(DateTimeOffset minute) => minute.Hour is >= 8 and < 17 && Law.Calendar.IsWorkingDay(TimeScale.DayOf(minute));

    private bool IsPaused(DateTimeOffset minute) => minute < _now && _step.Pauses.Any(p => p.From <= minute && (p.Until is null || minute < p.Until)
        && (p.Agency is null || p.Agency == _step.Holders.Last(h => h.Since <= minute || h == _step.Holders[0]).Agency));
}
