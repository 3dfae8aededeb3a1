using System.Globalization;

namespace ExchangeBus.Signatures;

/// <summary>Writes a double as ECMAScript does (ECMA-262, Number::toString, radix 10), which RFC 8785, section 3.2.2.3, prescribes.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>Longest text, for example <c>-1.2345678901234567e-300</c>, with room to spare.</summary>
    internal const int MaxLength = 32;

    private const int MaxDigits = 24;

    /// <summary>Writes a finite number; returns how many bytes.</summary>
    internal static int Write(double value, Span<byte> destination)
    {
        if (value == 0)
        {
            // Negative zero too.
            destination[0] = (byte)'0';
            return 1;
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        var (count, point) = Decompose(Math.Abs(value), digits);
        var length = 0;
        if (value < 0)
            destination[length++] = (byte)'-';
        return length + Format(digits[..count], point, destination[length..]);
    }

    // .NET's round-trip text has the shortest digits, and of those the closest to the value, as ECMAScript asks;
    // only where it puts the point and the exponent differs. point: the value is 0.digits × 10^point.
    private static (int Count, int Point) Decompose(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        text = text[..written];

        var exponent = 0;
        var mark = text.IndexOf((byte)'E');
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var dot = text.IndexOf((byte)'.');
        var point = exponent + (dot < 0 ? text.Length : dot);
        var count = 0;
        foreach (var character in text)
        {
            if (character == (byte)'.')
                continue;
            if (count == 0 && character == (byte)'0')
            {
                point--;
                continue;
            }

            digits[count++] = character;
        }

        while (digits[count - 1] == (byte)'0')
            count--;
        return (count, point);
    }

    private static int Format(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var length = 0;
        if (point is > 21 or < -5)
            return Scientific(digits, point - 1, destination);
        if (point <= 0)
        {
            destination[length++] = (byte)'0';
            destination[length++] = (byte)'.';
            destination.Slice(length, -point).Fill((byte)'0');
            length -= point;
            digits.CopyTo(destination[length..]);
            return length + digits.Length;
        }

        if (digits.Length <= point)
        {
            digits.CopyTo(destination);
            destination[digits.Length..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(destination);
        destination[point] = (byte)'.';
        digits[point..].CopyTo(destination[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int Scientific(ReadOnlySpan<byte> digits, int exponent, Span<byte> destination)
    {
        var length = 0;
        destination[length++] = digits[0];
        if (digits.Length > 1)
        {
            destination[length++] = (byte)'.';
            digits[1..].CopyTo(destination[length..]);
            length += digits.Length - 1;
        }

        destination[length++] = (byte)'e';
        destination[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(destination[length..], out var written, default, CultureInfo.InvariantCulture);
        return length + written;
    }
}
