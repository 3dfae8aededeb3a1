using System.Numerics;

namespace ExchangeBus.JsonSchema.Numbers;

/// <summary>
/// The exact test behind <c>multipleOf</c>. With value v·10^a and divisor d·10^b, both without trailing zero
/// digits, v is a multiple only if a ≥ b (else d would have to divide a number that ends in no zero by ten),
/// and then exactly if v·10^(a-b) mod d is zero. The remainder is taken digit by digit, so a huge exponent
/// costs a modular power and not memory.
/// </summary>
internal sealed class Divisor
{
    /// <summary>Digits that surely fit in 64 bits, with one more digit behind a remainder.</summary>
    private const int SmallDigits = 18;

    private readonly ulong _small;
    private readonly BigInteger _digits;
    private readonly long _exponent;

    public Divisor(ReadOnlySpan<byte> number)
    {
        var text = new DecimalText(number);
        _exponent = text.Exponent;
        var digits = BigInteger.Zero;
        for (var index = 0; index < text.Digits; index++) digits = (digits * 10) + text.Digit(index);
        _digits = digits;
        _small = text.Digits <= SmallDigits ? (ulong)digits : 0;
    }

    public bool Divides(scoped in DecimalText value)
    {
        if (value.IsZero) return true;
        var shift = value.Exponent - _exponent;
        if (shift < 0) return false;
        return _small > 0 ? DividesSmall(value, shift) : DividesLarge(value, shift);
    }

    private bool DividesSmall(scoped in DecimalText value, long shift)
    {
        ulong remainder = 0;
        for (var index = 0; index < value.Digits; index++) remainder = ((remainder * 10) + (uint)value.Digit(index)) % _small;
        return remainder == 0 || (shift > 0 && Multiply(remainder, PowerOfTen(shift)) == 0);
    }

    private ulong PowerOfTen(long exponent)
    {
        var result = 1 % _small;
        var square = 10 % _small;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0) result = Multiply(result, square);
            square = Multiply(square, square);
        }

        return result;
    }

    private ulong Multiply(ulong left, ulong right) =>
        _small <= uint.MaxValue ? left * right % _small : (ulong)((UInt128)left * right % _small);

    private bool DividesLarge(scoped in DecimalText value, long shift)
    {
        var remainder = BigInteger.Zero;
        for (var index = 0; index < value.Digits; index++) remainder = ((remainder * 10) + value.Digit(index)) % _digits;
        return (remainder * BigInteger.ModPow(10, shift, _digits) % _digits).IsZero;
    }
}
