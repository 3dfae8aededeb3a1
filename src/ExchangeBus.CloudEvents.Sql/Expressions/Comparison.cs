using ExchangeBus.CloudEvents.Sql.Parsing;

namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary><c>=</c>, <c>!=</c> and <c>&lt;&gt;</c>. They are ambiguous, so that the type of the right side decides and the left one is cast to it (section 3.7).</summary>
internal sealed class EqualityNode(TextSpan span, bool negated, Node left, Node right) : Node(span, CesqlType.Boolean, left, right)
{
    public override CesqlType? Reads(int part) => part == 0 && right.Type != CesqlType.Any ? right.Type : null;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var (x, y) = (left.Evaluate(ref evaluation), right.Evaluate(ref evaluation));
        if (evaluation.ErrorCount != before) return default;

        x = Casts.To(y.Type, x, left.Span, ref evaluation);
        return CesqlValue.Of(evaluation.ErrorCount == before && x == y != negated);
    }
}

/// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> and <c>&gt;=</c>, of integers only.</summary>
internal sealed class OrderNode(TextSpan span, TokenKind sign, Node left, Node right) : Node(span, CesqlType.Boolean, left, right)
{
    public override CesqlType? Reads(int part) => CesqlType.Integer;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var (x, y) = (left.Evaluate(ref evaluation), right.Evaluate(ref evaluation));
        if (evaluation.ErrorCount != before) return default;

        var a = Casts.To(CesqlType.Integer, x, left.Span, ref evaluation).Integer;
        var b = Casts.To(CesqlType.Integer, y, right.Span, ref evaluation).Integer;
        return CesqlValue.Of(evaluation.ErrorCount == before && sign switch
        {
            TokenKind.Less => a < b,
            TokenKind.LessOrEqual => a <= b,
            TokenKind.Greater => a > b,
            _ => a >= b,
        });
    }
}

/// <summary><c>x IN (…)</c>: each element is cast to the type of x. It ends at the first that is equal.</summary>
internal sealed class InNode(TextSpan span, bool negated, Node value, Node[] elements) : Node(span, CesqlType.Boolean, [value, .. elements])
{
    public override CesqlType? Reads(int part) => part > 0 && value.Type != CesqlType.Any ? value.Type : null;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var x = value.Evaluate(ref evaluation);
        if (evaluation.ErrorCount != before) return default;

        foreach (var element in elements)
        {
            var y = element.Evaluate(ref evaluation);
            if (evaluation.ErrorCount == before) y = Casts.To(x.Type, y, element.Span, ref evaluation);
            if (evaluation.ErrorCount != before) return default;
            if (x == y) return CesqlValue.Of(!negated);
        }

        return CesqlValue.Of(negated);
    }
}

/// <summary><c>x LIKE 'pattern'</c>; what is not a String is cast to one first (section 3.4.3).</summary>
internal sealed class LikeNode(TextSpan span, bool negated, Node value, LikePattern pattern) : Node(span, CesqlType.Boolean, value)
{
    public override CesqlType? Reads(int part) => CesqlType.String;

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        var before = evaluation.ErrorCount;
        var x = value.Evaluate(ref evaluation);
        if (evaluation.ErrorCount != before) return default;

        x = Casts.To(CesqlType.String, x, value.Span, ref evaluation);
        return CesqlValue.Of(pattern.Matches(x.Text) != negated);
    }
}
