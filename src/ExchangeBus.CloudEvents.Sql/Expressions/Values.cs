namespace ExchangeBus.CloudEvents.Sql.Expressions;

internal sealed class LiteralNode(TextSpan span, CesqlValue value) : Node(span, value.Type)
{
    public CesqlValue Value => value;

    protected override CesqlValue Compute(ref Evaluation evaluation) => value;
}

internal sealed class AttributeNode : Node
{
    public AttributeNode(TextSpan span, string name)
        : base(span, CesqlType.Any)
    {
        (Name, IsConstant) = (name, false);
    }

    public string Name { get; }

    protected override CesqlValue Compute(ref Evaluation evaluation)
    {
        if (evaluation.TryGet(Name, out var value)) return value;
        evaluation.Fail(static (missing, at) => Errors.MissingAttribute(missing, at.Start, at.Length), Name, Span);
        return default;
    }
}

/// <summary><c>EXISTS x</c>. The four required attributes are always there, because the event is valid (section 3.4.4).</summary>
internal sealed class ExistsNode : Node
{
    private readonly bool _isRequired;

    public ExistsNode(TextSpan span, string name)
        : base(span, CesqlType.Boolean)
    {
        (Name, IsConstant, _isRequired) = (name, false, name is "id" or "source" or "specversion" or "type");
    }

    public string Name { get; }

    protected override CesqlValue Compute(ref Evaluation evaluation) => CesqlValue.Of(_isRequired || evaluation.TryGet(Name, out _));
}
