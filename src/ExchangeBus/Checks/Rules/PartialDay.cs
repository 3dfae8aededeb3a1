namespace ExchangeBus.Checks.Rules;

/// <summary>A date of which month or day may be unknown (Circular 13/2017, article 8.2). Two are compared only by what is certain of both.</summary>
internal readonly record struct PartialDay(int Year, int Month, int Day)
{
    private const int FirstYear = 1800, LastYear = 2199;
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    internal bool IsKnown => Year != 0;

    internal bool IsWhole => Day != 0;

    internal DateOnly Earliest => new(Year, Math.Max(Month, 1), Math.Max(Day, 1));

    internal DateOnly Latest => Month == 0 ? new(Year, 12, 31) : new(Year, Month, Day == 0 ? DateTime.DaysInMonth(Year, Month) : Day);

    /// <summary>Whether every day this can be lies after every day the other can be.</summary>
    internal bool IsAfter(PartialDay other) => IsKnown && other.IsKnown && Earliest > other.Latest;

    /// <summary>Reads <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c> of the years 1800 to 2199, as the definition <c>partialDate</c> has it.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> text, out PartialDay day)
    {
        day = default;
        if (text.Length is not (4 or 7 or 10) || !Number(text[..4], out var year) || year is < FirstYear or > LastYear)
            return false;
        int month = 0, date = 0;
        if (text.Length >= 7 && (text[4] != '-' || !Number(text[5..7], out month) || month is < 1 or > 12))
            return false;
        if (text.Length == 10 && (text[7] != '-' || !Number(text[8..10], out date) || date < 1 || date > DateTime.DaysInMonth(year, month)))
            return false;
        day = new PartialDay(year, month, date);
        return true;
    }

    /// <summary>The day in Vietnam at a time of those years; unknown outside them.</summary>
    internal static PartialDay At(DateTimeOffset time) =>
        time.Year is < FirstYear or > LastYear || InVietnam(time) is var day && day.Year > LastYear ? default : new PartialDay(day.Year, day.Month, day.Day);

    /// <summary>The day in Vietnam; of the last hours of the year 9999, which are the year 10000 there, the last day that there is.</summary>
    internal static DateOnly InVietnam(DateTimeOffset time) =>
        DateOnly.FromDateTime(time.UtcDateTime is var utc && utc > DateTime.MaxValue - Vietnam ? DateTime.MaxValue : utc + Vietnam);

    private static bool Number(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
