using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks.Rules;

/// <summary>Takes out of a value what rules compare. A value that is not of its form gives nothing: the schema says that.</summary>
internal static class FieldReading
{
    private const int LongestPacked = 8, CardLength = 15;

    internal static FieldValue OfDay(PartialDay day) => new() { IsRead = day.IsKnown, Day = day };

    internal static FieldValue Of(FieldKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        FieldKind.PersonalId => Digits(text, 12),
        FieldKind.OldIdCard => Digits(text, 9),
        FieldKind.Unit or FieldKind.Commune => text.Length is 2 or 3 or 5 ? Digits(text, text.Length) : default,
        FieldKind.HealthCardNumber => Card(text),
        FieldKind.NoticeNumber => Notice(text),
        FieldKind.Book or FieldKind.RecordNumber => OfYear(text),
        FieldKind.Gender => text.SequenceEqual("male"u8) ? new() { IsRead = true } : text.SequenceEqual("female"u8) ? new() { IsRead = true, Number = 1 } : default,
        FieldKind.Listed => Packed(text),
        _ => PartialDay.TryRead(text, out var day) ? OfDay(day) : default,
    };

    /// <summary>Back to the bytes that <see cref="FieldKind.Listed"/> was read from.</summary>
    internal static int Unpack(in FieldValue value, Span<byte> text)
    {
        for (var i = 0; i < value.Digits; i++)
            text[i] = (byte)(value.Number >> (8 * i));
        return value.Digits;
    }

    // Codes are short; one that is longer is in no list, and no list says so by giving nothing.
    private static FieldValue Packed(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestPacked)
            return default;
        long packed = 0;
        for (var i = 0; i < text.Length; i++)
            packed |= (long)text[i] << (8 * i);
        return new() { IsRead = true, Number = packed, Digits = text.Length };
    }

    private static FieldValue Digits(ReadOnlySpan<byte> text, int count)
    {
        if (text.Length != count)
            return default;
        long number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return default;
            number = (number * 10) + digit - '0';
        }

        return new() { IsRead = true, Number = number, Digits = count };
    }

    // Two letters of the group, the benefit, two digits of the province, ten of the social-insurance number.
    private static FieldValue Card(ReadOnlySpan<byte> text)
    {
        if (text.Length != CardLength || Digits(text[3..], 12) is not { IsRead: true } digits)
            return default;
        return digits with { Digits = text.StartsWith("TE1"u8) ? 1 : 0 };
    }

    // NNNNN.GCS.FFFFF.YY
    private static FieldValue Notice(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[^3] != '.' || text[^9] != '.' || Digits(text[^2..], 2) is not { IsRead: true } year || Digits(text[^8..^3], 5) is not { IsRead: true } facility)
            return default;
        return new() { IsRead = true, Number = facility.Number, Digits = (int)year.Number };
    }

    private static FieldValue OfYear(ReadOnlySpan<byte> text) =>
        text.LastIndexOf((byte)'/') is var slash and >= 0 && Digits(text[(slash + 1)..], 4) is { IsRead: true } year ? year : default;
}
