using System.Globalization;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>The Bidi rule of RFC 5893, section 2, over the blocks of right-to-left scripts.</summary>
internal static class BidiRule
{
    private enum Direction
    {
        Left,
        Right,
        EuropeanDigit,
        ArabicDigit,
        Neutral,
        Mark,
    }

    public static bool IsRightToLeft(IEnumerable<int> label) => label.Any(one => Of(one) is Direction.Right or Direction.ArabicDigit);

    public static bool Holds(IReadOnlyList<int> label)
    {
        var directions = label.Select(Of).ToList();
        var last = directions.FindLast(direction => direction != Direction.Mark);
        return directions[0] switch
        {
            Direction.Right => !directions.Contains(Direction.Left)
                && last is Direction.Right or Direction.EuropeanDigit or Direction.ArabicDigit
                && !(directions.Contains(Direction.EuropeanDigit) && directions.Contains(Direction.ArabicDigit)),
            Direction.Left => !directions.Contains(Direction.Right) && !directions.Contains(Direction.ArabicDigit)
                && last is Direction.Left or Direction.EuropeanDigit,
            _ => false,
        };
    }

    private static Direction Of(int codePoint)
    {
        if (codePoint is (>= '0' and <= '9') or (>= 0x6F0 and <= 0x6F9)) return Direction.EuropeanDigit;
        if (codePoint is (>= 0x660 and <= 0x669) or (>= 0x600 and <= 0x605) or 0x6DD) return Direction.ArabicDigit;
        var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return Direction.Mark;
        if (IdnaCodePoints.IsIn(codePoint, [(0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF)])) return Direction.Right;
        return codePoint is '-' or 0xB7 or 0x375 or 0x30FB or 0x200C or 0x200D ? Direction.Neutral : Direction.Left;
    }
}
