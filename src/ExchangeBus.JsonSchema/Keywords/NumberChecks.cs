using System.Buffers.Text;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Numbers;

namespace ExchangeBus.JsonSchema.Keywords;

internal enum Bound
{
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
}

internal sealed class BoundCheck : Check
{
    /// <summary>Digits and sign that surely fit in 64 bits.</summary>
    private const int FastLength = 18;

    private readonly Rule _rule;
    private readonly Bound _bound;
    private readonly byte[] _limit;
    private readonly long _fast;
    private readonly bool _isFast;

    public BoundCheck(Rule rule, Bound bound, ReadOnlySpan<byte> limit)
    {
        _rule = rule;
        _bound = bound;
        _limit = limit.ToArray();
        _isFast = limit.Length <= FastLength && Utf8Parser.TryParse(limit, out _fast, out var used) && used == limit.Length;
    }

    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var text = evaluation.Tape.Text(token);
        int order;
        if (_isFast && text.Length <= FastLength && evaluation.Tokens[token].Plain && Utf8Parser.TryParse(text, out long value, out _))
            order = value.CompareTo(_fast);
        else
            order = new DecimalText(text).CompareTo(new DecimalText(_limit));

        var holds = _bound switch
        {
            Bound.Minimum => order >= 0,
            Bound.ExclusiveMinimum => order > 0,
            Bound.Maximum => order <= 0,
            _ => order < 0,
        };
        return holds || evaluation.Fail(_rule, token);
    }
}

internal sealed class MultipleOfCheck(Rule rule, Divisor divisor) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        divisor.Divides(new DecimalText(evaluation.Tape.Text(token))) || evaluation.Fail(rule, token);
}

internal sealed class IntegerCheck(Rule rule) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        evaluation.Tokens[token].Plain || new DecimalText(evaluation.Tape.Text(token)).IsInteger || evaluation.Fail(rule, token);
}
