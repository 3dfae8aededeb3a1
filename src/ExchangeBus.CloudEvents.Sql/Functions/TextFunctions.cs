using ExchangeBus.CloudEvents.Sql.Expressions;

namespace ExchangeBus.CloudEvents.Sql.Functions;

/// <summary>Section 3.5.1. Positions and lengths count Unicode characters; a part of a text is not copied.</summary>
internal static class TextFunctions
{
    public static CesqlValue Length(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        CesqlValue.Of(Characters.Count(arguments[0].Text));

    public static CesqlValue Lower(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        CesqlValue.Of(arguments[0].ToString().ToLowerInvariant());

    public static CesqlValue Upper(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        CesqlValue.Of(arguments[0].ToString().ToUpperInvariant());

    public static CesqlValue Trim(in Arguments arguments, TextSpan span, ref Evaluation evaluation)
    {
        var text = arguments[0].Text;
        var start = text.Length - text.TrimStart().Length;
        return arguments[0].Slice(start, text.Trim().Length);
    }

    public static CesqlValue Left(in Arguments arguments, TextSpan span, ref Evaluation evaluation)
    {
        var count = arguments[1].Integer;
        if (count < 0) return Refuse("LEFT", arguments[0], span, ref evaluation);
        return arguments[0].Slice(0, Characters.OffsetOf(arguments[0].Text, count));
    }

    public static CesqlValue Right(in Arguments arguments, TextSpan span, ref Evaluation evaluation)
    {
        var text = arguments[0].Text;
        var count = arguments[1].Integer;
        if (count < 0) return Refuse("RIGHT", arguments[0], span, ref evaluation);
        var start = Characters.OffsetOf(text, Math.Max(Characters.Count(text) - count, 0));
        return arguments[0].Slice(start, text.Length - start);
    }

    public static CesqlValue SubstringToEnd(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        Part(arguments[0], arguments[1].Integer, int.MaxValue, span, ref evaluation);

    public static CesqlValue Substring(in Arguments arguments, TextSpan span, ref Evaluation evaluation) =>
        Part(arguments[0], arguments[1].Integer, arguments[2].Integer, span, ref evaluation);

    private static CesqlValue Part(CesqlValue whole, int position, int length, TextSpan span, ref Evaluation evaluation)
    {
        var text = whole.Text;
        var count = Characters.Count(text);
        if (length < 0 || position > count || position < -count) return Refuse("SUBSTRING", CesqlValue.Of(""), span, ref evaluation);
        if (position == 0) return CesqlValue.Of("");

        var start = Characters.OffsetOf(text, position > 0 ? position - 1 : count + position);
        return whole.Slice(start, Characters.OffsetOf(text[start..], length));
    }

    private static CesqlValue Refuse(string function, CesqlValue value, TextSpan span, ref Evaluation evaluation)
    {
        evaluation.Fail(static (name, at) => Errors.Argument(name, at.Start, at.Length), function, span);
        return value;
    }
}
