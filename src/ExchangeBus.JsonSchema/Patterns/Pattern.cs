using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>A compiled ECMA-262 pattern: whether it matches somewhere in a string or name.</summary>
internal abstract class Pattern
{
    public abstract bool IsMatch(SchemaEvaluation evaluation, int token);
}
