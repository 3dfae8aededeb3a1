using System.Globalization;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>
/// Which code points a label may have: RFC 5892. Its rule "unstable under NFKC" is taken from the blocks of compatibility
/// characters, because the normalization data are not there when globalization is invariant.
/// </summary>
internal static class IdnaCodePoints
{
    private static readonly (int First, int Last)[] Compatibility =
    [
        (0xAA, 0xAA), (0xBA, 0xBA), (0x132, 0x133), (0x13F, 0x140), (0x149, 0x149), (0x17F, 0x17F), (0x1C4, 0x1CC), (0x1F1, 0x1F3),
        (0x2B0, 0x2B8), (0x2E0, 0x2E4), (0x340, 0x341), (0x343, 0x345), (0x37A, 0x37A), (0x3D0, 0x3D6), (0x3F0, 0x3F2), (0x3F5, 0x3F5),
        (0x587, 0x587), (0x675, 0x678), (0x958, 0x95F), (0x1D2C, 0x1D2E), (0x1D30, 0x1D4D), (0x1D4F, 0x1D6A), (0x1D9B, 0x1DBF),
        (0x2071, 0x2071), (0x207F, 0x207F), (0x2090, 0x209C), (0x2100, 0x214D), (0x3131, 0x318E), (0xF900, 0xFA0D), (0xFA15, 0xFA1E),
        (0xFA2A, 0xFDFF), (0xFE70, 0xFEFC), (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1EE00, 0x1EEFF), (0x2F800, 0x2FA1F),
    ];

    public static bool IsAllowed(int codePoint)
    {
        if (IsIn(codePoint, Valid)) return true;
        if (IsIn(codePoint, Disallowed) || IsIn(codePoint, Compatibility)) return false;
        if (codePoint < 0x80) return char.IsAsciiLetterOrDigit((char)codePoint) || codePoint == '-';
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;
    }

    public static bool IsMark(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Canonical combining class 9.</summary>
    public static bool IsVirama(int codePoint) => Viramas.Contains(codePoint);

    public static bool IsIn(int codePoint, ReadOnlySpan<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges)
        {
            if (codePoint >= first && codePoint <= last) return true;
        }

        return false;
    }

    // RFC 5892, section 2.6: valid by exception, and the code points that need a context (section 2.7 and 2.8).
    private static (int, int)[] Valid { get; } =
    [
        (0xDF, 0xDF), (0x3C2, 0x3C2), (0x6FD, 0x6FE), (0xF0B, 0xF0B), (0x3007, 0x3007),
        (0xB7, 0xB7), (0x375, 0x375), (0x5F3, 0x5F4), (0x30FB, 0x30FB), (0x200C, 0x200D),
    ];

    // The exceptions, and old Hangul jamo (section 2.9).
    private static (int, int)[] Disallowed { get; } =
    [
        (0x640, 0x640), (0x7FA, 0x7FA), (0x302E, 0x302F), (0x3031, 0x3035), (0x303B, 0x303B),
        (0x1100, 0x11FF), (0xA960, 0xA97C), (0xD7B0, 0xD7FB),
    ];

    private static HashSet<int> Viramas { get; } =
    [
        0x94D, 0x9CD, 0xA4D, 0xACD, 0xB4D, 0xBCD, 0xC4D, 0xCCD, 0xD3B, 0xD3C, 0xD4D, 0xDCA, 0xE3A, 0xEBA, 0xF84, 0x1039, 0x103A,
        0x1714, 0x1734, 0x17D2, 0x1A60, 0x1B44, 0x1BAA, 0x1BAB, 0x1BF2, 0x1BF3, 0x2D7F, 0xA806, 0xA8C4, 0xA953, 0xA9C0, 0xAAF6,
        0xABED, 0x10A3F, 0x11046, 0x1107F, 0x110B9, 0x11133, 0x11134, 0x111C0, 0x11235, 0x112EA, 0x1134D, 0x11442, 0x114C2, 0x115BF,
    ];
}
