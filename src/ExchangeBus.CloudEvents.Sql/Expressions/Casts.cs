using System.Globalization;

namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>Type casting, CESQL 1.0, section 3.7: a cast that fails is an error and gives the zero value.</summary>
internal static class Casts
{
    public static CesqlValue To(CesqlType type, CesqlValue value, TextSpan span, ref Evaluation evaluation)
    {
        if (value.Type == type || type == CesqlType.Any) return value;
        if (Try(type, value, out var cast)) return cast;
        evaluation.Fail(static (to, at) => Errors.Cast(to, at.Start, at.Length), type, span);
        return cast;
    }

    public static bool Try(CesqlType type, CesqlValue value, out CesqlValue cast)
    {
        var success = true;
        switch (type)
        {
            case CesqlType.String:
                cast = value.Type == CesqlType.String ? value : CesqlValue.Of(value.ToString());
                break;
            case CesqlType.Integer:
                var number = value.Type == CesqlType.Integer ? value.Integer : value.Boolean ? 1 : 0;
                if (value.Type == CesqlType.String) success = TryReadInteger(value.Text, out number);
                cast = CesqlValue.Of(number);
                break;
            case CesqlType.Boolean:
                var truth = value.Boolean || value.Integer != 0;
                if (value.Type == CesqlType.String) success = TryReadBoolean(value.Text, out truth);
                cast = CesqlValue.Of(truth);
                break;
            default:
                cast = value;
                break;
        }

        return success;
    }

    // The BCL forgives zero characters after the digits; the specification does not.
    public static bool TryReadInteger(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        return !text.IsEmpty && char.IsAsciiDigit(text[^1])
            && int.TryParse(text, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out number);
    }

    private static bool TryReadBoolean(ReadOnlySpan<char> text, out bool truth)
    {
        truth = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return truth || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
