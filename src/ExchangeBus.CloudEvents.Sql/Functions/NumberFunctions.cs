using ExchangeBus.CloudEvents.Sql.Expressions;

namespace ExchangeBus.CloudEvents.Sql.Functions;

/// <summary>Section 3.5.2, and the casts that can be called by name.</summary>
internal static class NumberFunctions
{
    /// <summary>The absolute value. The most negative integer has none in 32 bits: the largest one, with a MathError.</summary>
    public static CesqlValue Absolute(in Arguments arguments, TextSpan span, ref Evaluation evaluation)
    {
        var value = arguments[0].Integer;
        if (value != int.MinValue) return CesqlValue.Of(Math.Abs(value));
        evaluation.Fail(static (_, at) => Errors.Overflow(at.Start, at.Length), 0, span);
        return CesqlValue.Of(int.MaxValue);
    }

    /// <summary>INT, BOOL and STRING: the cast of the argument is all they do.</summary>
    public static CesqlValue Same(in Arguments arguments, TextSpan span, ref Evaluation evaluation) => arguments[0];

    public static CesqlValue IsInteger(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        CesqlValue.Of(Casts.Try(CesqlType.Integer, arguments[0], out _));

    public static CesqlValue IsBoolean(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        CesqlValue.Of(Casts.Try(CesqlType.Boolean, arguments[0], out _));
}
