using System.Buffers.Text;

namespace ExchangeBus.JsonSchema.Numbers;

/// <summary>
/// A JSON number read as sign, significant digits and power of ten, without converting it: 1e400, 0.1 and
/// hundreds of digits keep their exact value and nothing is allocated.
/// The value is 0.d1d2d3… × 10^<see cref="Magnitude"/>, with neither leading nor trailing zero digits.
/// </summary>
internal readonly ref struct DecimalText
{
    private readonly ReadOnlySpan<byte> _mantissa;

    public DecimalText(ReadOnlySpan<byte> number)
    {
        IsNegative = number[0] == (byte)'-';
        if (IsNegative) number = number[1..];
        var letter = number.IndexOfAny((byte)'e', (byte)'E');
        var exponent = 0;
        if (letter >= 0)
        {
            var digits = number[(letter + 1)..];
            if (digits[0] == (byte)'+') digits = digits[1..];
            if (!Utf8Parser.TryParse(digits, out exponent, out _)) throw new InvalidOperationException("The reader has let an exponent pass that it should bound.");
            number = number[..letter];
        }

        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number.Length : point;
        var trimmed = number;
        if (point >= 0) trimmed = trimmed.TrimEnd((byte)'0').TrimEnd((byte)'.');
        if (trimmed.Length <= whole) trimmed = trimmed.TrimEnd((byte)'0');
        var leading = trimmed.IndexOfAnyExcept((byte)'0', (byte)'.');
        if (leading < 0)
        {
            IsNegative = false;
            return;
        }

        _mantissa = trimmed[leading..];
        Point = leading < whole && trimmed.Length > whole ? whole - leading : -1;
        Magnitude = exponent + (leading < whole ? whole - leading : whole + 1 - leading);
    }

    public bool IsNegative { get; }

    /// <summary>Power of ten of the place before the first significant digit.</summary>
    public long Magnitude { get; }

    public bool IsZero => _mantissa.IsEmpty;

    /// <summary>Number of significant digits.</summary>
    public int Digits => _mantissa.Length - (Point >= 0 ? 1 : 0);

    /// <summary>Power of ten of the last significant digit.</summary>
    public long Exponent => Magnitude - Digits;

    public bool IsInteger => IsZero || Exponent >= 0;

    private int Point { get; } = -1;

    /// <summary>Value of the significant digit at <paramref name="index"/>, the most significant first.</summary>
    public int Digit(int index) => _mantissa[Point >= 0 && index >= Point ? index + 1 : index] - '0';

    public int CompareTo(scoped in DecimalText other)
    {
        if (IsZero || other.IsZero) return Sign.CompareTo(other.Sign);
        if (IsNegative != other.IsNegative) return IsNegative ? -1 : 1;
        var order = CompareMagnitude(other);
        return IsNegative ? -order : order;
    }

    public int GetValueHash()
    {
        var hash = new HashCode();
        hash.Add(IsNegative);
        hash.Add(Magnitude);
        for (var index = 0; index < Digits; index++) hash.Add(Digit(index));
        return hash.ToHashCode();
    }

    private int Sign => IsZero ? 0 : IsNegative ? -1 : 1;

    private int CompareMagnitude(scoped in DecimalText other)
    {
        if (Magnitude != other.Magnitude) return Magnitude.CompareTo(other.Magnitude);
        var shared = Math.Min(Digits, other.Digits);
        for (var index = 0; index < shared; index++)
        {
            var order = Digit(index).CompareTo(other.Digit(index));
            if (order != 0) return order;
        }

        return Digits.CompareTo(other.Digits);
    }
}
