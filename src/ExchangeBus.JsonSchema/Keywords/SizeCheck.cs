using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary>Bounds on the number of items or properties.</summary>
internal sealed class SizeCheck(Rule rule, long minimum, long maximum) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var size = evaluation.Tokens[token].Length;
        return (size >= minimum && size <= maximum) || evaluation.Fail(rule, token);
    }
}
