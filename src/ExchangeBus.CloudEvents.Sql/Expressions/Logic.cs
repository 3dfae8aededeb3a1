using ExchangeBus.CloudEvents.Sql.Parsing;

namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary><c>AND</c>, <c>OR</c> and <c>XOR</c>. The right side of the first two is left out where the left one decides.</summary>
internal sealed class LogicNode(TextSpan span, TokenKind sign, Node left, Node right) : Node(span, CesqlType.Boolean, left, right)
{
    public override CesqlType? Reads(int part) => CesqlType.Boolean;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var first = Casts.To(CesqlType.Boolean, left.Evaluate(ref evaluation), left.Span, ref evaluation).Boolean;
        if (evaluation.ErrorCount != before) return default;
        if (sign == TokenKind.And && !first) return default;
        if (sign == TokenKind.Or && first) return CesqlValue.Of(true);

        var second = Casts.To(CesqlType.Boolean, right.Evaluate(ref evaluation), right.Span, ref evaluation).Boolean;
        if (evaluation.ErrorCount != before) return default;
        return CesqlValue.Of(sign == TokenKind.Xor ? first ^ second : second);
    }
}

/// <summary>
/// <c>NOT x</c>. An Integer is refused here although section 3.7 casts it to Boolean elsewhere: the test kit of the specification
/// wants <c>NOT 10</c> to be <c>true</c> with a cast error, and no text says which of the two errs.
/// </summary>
internal sealed class NotNode(TextSpan span, Node operand) : Node(span, CesqlType.Boolean, operand)
{
    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var value = operand.Evaluate(ref evaluation);
        if (evaluation.ErrorCount != before) return default;
        if (value.Type != CesqlType.Integer) return CesqlValue.Of(!Casts.To(CesqlType.Boolean, value, operand.Span, ref evaluation).Boolean);

        evaluation.Fail(static (to, at) => Errors.Cast(to, at.Start, at.Length), CesqlType.Boolean, operand.Span);
        return CesqlValue.Of(true);
    }
}
