namespace ExchangeBus.Procedures.Clock;

/// <summary>What must hold of the days in the file: a mistyped date would move due dates in silence.</summary>
internal static class HolidayRules
{
    /// <exception cref="InvalidDataException">Something does not hold; the message names the day.</exception>
    internal static void Check(HolidayFile file)
    {
        var seen = new HashSet<DateOnly>();
        for (var i = 0; i < file.Years.Count; i++)
        {
            var year = file.Years[i];
            Require(year.Year == file.From.Year + i, $"the years are in order from {file.From.Year}, without a gap; {year.Year} is not");
            foreach (var day in year.Holidays.Concat(year.Swaps.Select(s => s.Off)))
            {
                Require(day.Year == year.Year && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), $"{day:O} is not a weekday of {year.Year}");
                Require(seen.Add(day), $"{day:O} is there twice");
            }

            foreach (var day in year.Swaps.Select(s => s.Worked))
            {
                Require(day.Year == year.Year && day.DayOfWeek == DayOfWeek.Saturday, $"{day:O} is worked in a swap and is not a Saturday of {year.Year}");
                Require(seen.Add(day), $"{day:O} is there twice");
            }
        }

        Require(file.Years.Count > 0 && file.KnownUntil >= file.From && file.KnownUntil.Year <= file.Years[^1].Year, "knownUntil lies within the years");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new InvalidDataException($"holidays.json: {rule}.");
    }
}
