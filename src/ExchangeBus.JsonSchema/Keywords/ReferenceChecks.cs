using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

internal sealed class ReferenceCheck(SchemaNode target) : Check
{
    public override SchemaNode StandInFor(JsonKind kind) => target;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) => evaluation.Evaluate(target, token, marks);
}

/// <summary>
/// <c>$dynamicRef</c> to a dynamic anchor: the outermost resource on the way here that has the anchor decides
/// (2020-12 core, section 8.2.3.2).
/// </summary>
internal sealed class DynamicReferenceCheck(SchemaNode initial) : Check
{
    private SchemaNode?[] _targets = [];

    /// <summary>Targets by the number of their resource, set when all resources are known.</summary>
    public void Bind(SchemaNode?[] targets) => _targets = targets;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        foreach (var resource in evaluation.Scope)
        {
            if (_targets[resource] is { } target) return evaluation.Evaluate(target, token, marks);
        }

        return evaluation.Evaluate(initial, token, marks);
    }
}
