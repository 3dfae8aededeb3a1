namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Dates and times of RFC 3339, section 5.6, and the durations of its appendix A.</summary>
internal static class DateTimeFormats
{
    public static bool IsDate(ReadOnlySpan<byte> text)
    {
        if (text.Length != 10 || text[4] != (byte)'-' || text[7] != (byte)'-') return false;
        if (!Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text[8..], out var day)) return false;
        if (month is < 1 or > 12 || day < 1) return false;
        return day <= (month == 2 && IsLeap(year) ? 29 : DaysOf(month));
    }

    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[2] != (byte)':' || text[5] != (byte)':') return false;
        if (!Digits(text[..2], out var hour) || !Digits(text.Slice(3, 2), out var minute) || !Digits(text.Slice(6, 2), out var second)) return false;
        if (hour > 23 || minute > 59 || second > 60) return false;
        var rest = text[8..];
        if (rest[0] == (byte)'.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end <= 0) return false;
            rest = rest[(end + 1)..];
        }

        if (!Offset(rest, out var offset)) return false;

        // A leap second is inserted at 23:59:60 UTC and nowhere else.
        return second < 60 || ((hour * 60) + minute - offset + 2880) % 1440 == 1439;
    }

    public static bool IsDateTime(ReadOnlySpan<byte> text) =>
        text.Length > 10 && (text[10] | 0x20) == (byte)'t' && IsDate(text[..10]) && IsTime(text[11..]);

    public static bool IsDuration(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != (byte)'P') return false;
        text = text[1..];
        if (text[^1] == (byte)'W') return Digits(text[..^1], out _);
        var time = text.IndexOf((byte)'T');
        if (time < 0) return Units(text, "YMD"u8);
        return (time == 0 || Units(text[..time], "YMD"u8)) && Units(text[(time + 1)..], "HMS"u8);
    }

    /// <summary>Numbers each with a unit, of larger to smaller without a gap: "1Y2M" but not "1Y2D".</summary>
    private static bool Units(ReadOnlySpan<byte> text, ReadOnlySpan<byte> units)
    {
        var previous = -1;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end <= 0) return false;
            var unit = units.IndexOf(text[end]);
            if (unit < 0 || (previous >= 0 && unit != previous + 1)) return false;
            previous = unit;
            text = text[(end + 1)..];
        }

        return previous >= 0;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1) return (text[0] | 0x20) == (byte)'z';
        if (text.Length != 6 || text[3] != (byte)':' || text[0] is not ((byte)'+' or (byte)'-')) return false;
        if (!Digits(text.Slice(1, 2), out var hour) || !Digits(text[4..], out var minute) || hour > 23 || minute > 59) return false;
        minutes = ((hour * 60) + minute) * (text[0] == (byte)'-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var one in text)
        {
            var digit = (uint)(one - '0');
            if (digit > 9) return false;
            value = unchecked((value * 10) + (int)digit);
        }

        return text.Length > 0;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysOf(int month) => month switch
    {
        2 => 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
