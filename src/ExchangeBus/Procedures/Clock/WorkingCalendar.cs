namespace ExchangeBus.Procedures.Clock;

/// <summary>
/// Numbers the working days, so that a due date is two looks into an array. A day is its <see cref="DateOnly.DayNumber"/>.
/// Beyond the file the days are Monday to Friday and marked as an estimate: a notice that comes late must not stop a dossier, and nobody may take its
/// dates for certain.
/// </summary>
internal sealed class WorkingCalendar
{
    private readonly DateOnly _from;
    private readonly int[] _undecided;
    private readonly int _first;
    private readonly int _end;
    private readonly int _firstOrdinal;
    private readonly int[] _before;
    private readonly int[] _days;

    /// <exception cref="InvalidDataException">The days contradict each other.</exception>
    internal WorkingCalendar(HolidayFile file)
    {
        HolidayRules.Check(file);
        (_from, KnownUntil) = (file.From, file.KnownUntil);
        _undecided = [.. file.Years.SelectMany(y => y.Undecided).Select(u => u.Day.DayNumber).Order()];
        _first = file.From.DayNumber;
        _end = new DateOnly(file.Years.Max(y => y.Year), 12, 31).DayNumber + 1;
        _firstOrdinal = Weekdays(_first);

        var off = file.Years.SelectMany(y => y.Holidays.Concat(y.Swaps.Select(s => s.Off))).Select(d => d.DayNumber).ToHashSet();
        var worked = file.Years.SelectMany(y => y.Swaps).Select(s => s.Worked.DayNumber).ToHashSet();
        _before = new int[_end - _first];
        var days = new List<int>(_before.Length);
        for (var day = _first; day < _end; day++)
        {
            _before[day - _first] = _firstOrdinal + days.Count;
            if (worked.Contains(day) || (day % 7 < 5 && !off.Contains(day)))
                days.Add(day);
        }

        _days = [.. days];
    }

    /// <summary>Last day of which it is known whether it is worked.</summary>
    internal DateOnly KnownUntil { get; }

    internal bool IsWorkingDay(DateOnly day) => IsWorkingDay(day.DayNumber);

    internal bool IsWorkingDay(int day) => Ordinal(day + 1) > Ordinal(day);

    /// <summary>How many working days lie before a day; a working day has this number.</summary>
    internal int Ordinal(int day) =>
        day < _first ? Weekdays(day)
        : day < _end ? _before[day - _first]
        : _firstOrdinal + _days.Length + Weekdays(day) - Weekdays(_end);

    /// <summary>The working day of a number.</summary>
    internal int DayOf(int ordinal)
    {
        var index = ordinal - _firstOrdinal;
        return index < 0 ? Weekday(ordinal)
            : index < _days.Length ? _days[index]
            : Weekday(index - _days.Length + Weekdays(_end));
    }

    /// <summary>Whether the working days between two days, both included, are not all known.</summary>
    internal bool IsEstimate(DateOnly from, DateOnly to)
    {
        if (from < _from || to > KnownUntil)
            return true;
        foreach (var day in _undecided)
        {
            if (day >= from.DayNumber && day <= to.DayNumber)
                return true;
        }

        return false;
    }

    // Day 0, 1 January of the year 1, was a Monday.
    private static int Weekdays(int day) => (day / 7 * 5) + Math.Min(day % 7, 5);

    private static int Weekday(int number) => (number / 5 * 7) + (number % 5);
}
