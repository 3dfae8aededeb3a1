namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>One sub-expression. It is immutable once compiled, and any number of threads may evaluate it at once.</summary>
internal abstract class Node(TextSpan span, CesqlType type, params Node[] parts)
{
    public TextSpan Span { get; } = span;

    /// <summary>The type of every value it gives.</summary>
    public CesqlType Type { get; } = type;

    public Node[] Parts { get; } = parts;

    /// <summary>Its place in the order in which a whole comes before its parts; set once, when the tree is complete.</summary>
    public int Index { get; set; }

    /// <summary>True when no attribute has a part in its value.</summary>
    public bool IsConstant { get; protected init; } = Array.TrueForAll(parts, p => p.IsConstant);

    public CesqlValue Evaluate(ref Evaluation evaluation)
    {
        var value = Compute(ref evaluation);
        if (evaluation.Steps is { } steps) steps[Index] = value;
        return value;
    }

    /// <summary>What the operator or function reads its part as; null when it reads what it gets.</summary>
    public virtual CesqlType? Reads(int part) => null;

    protected abstract CesqlValue Compute(ref Evaluation evaluation);
}
