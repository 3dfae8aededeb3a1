using ExchangeBus.CloudEvents.Sql.Parsing;

namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary><c>+ - * / %</c> on 32 bits. A result that does not fit is a MathError and 0, as is division by zero; nothing wraps around.</summary>
internal sealed class ArithmeticNode(TextSpan span, TokenKind sign, Node left, Node right) : Node(span, CesqlType.Integer, left, right)
{
    public override CesqlType? Reads(int part) => CesqlType.Integer;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var (x, y) = (left.Evaluate(ref evaluation), right.Evaluate(ref evaluation));
        if (evaluation.ErrorCount != before) return CesqlValue.Of(0);

        long a = Casts.To(CesqlType.Integer, x, left.Span, ref evaluation).Integer;
        long b = Casts.To(CesqlType.Integer, y, right.Span, ref evaluation).Integer;
        if (evaluation.ErrorCount != before) return CesqlValue.Of(0);
        if (b == 0 && sign is TokenKind.Divide or TokenKind.Modulo)
        {
            evaluation.Fail(static (_, at) => Errors.DivisionByZero(at.Start, at.Length), 0, Span);
            return CesqlValue.Of(0);
        }

        return Fit(sign switch
        {
            TokenKind.Plus => a + b,
            TokenKind.Minus => a - b,
            TokenKind.Times => a * b,
            TokenKind.Divide => a / b,
            _ => a % b,
        }, Span, ref evaluation);
    }

    internal static CesqlValue Fit(long result, TextSpan span, ref Evaluation evaluation)
    {
        if (result is >= int.MinValue and <= int.MaxValue) return CesqlValue.Of((int)result);
        evaluation.Fail(static (_, at) => Errors.Overflow(at.Start, at.Length), 0, span);
        return CesqlValue.Of(0);
    }
}

/// <summary><c>-x</c>.</summary>
internal sealed class MinusNode(TextSpan span, Node operand) : Node(span, CesqlType.Integer, operand)
{
    public override CesqlType? Reads(int part) => CesqlType.Integer;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var value = Casts.To(CesqlType.Integer, operand.Evaluate(ref evaluation), operand.Span, ref evaluation);
        return evaluation.ErrorCount == before ? ArithmeticNode.Fit(-(long)value.Integer, Span, ref evaluation) : CesqlValue.Of(0);
    }
}
