using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>One assertion or applicator of a schema, with all it needs worked out at load.</summary>
internal abstract class Check
{
    /// <summary>Whether it looks at the value alone and applies no other schema.</summary>
    public virtual bool IsLeaf => false;

    /// <summary>The schema that says the same of every value of this kind; null when there is more to it.</summary>
    public virtual SchemaNode? StandInFor(JsonKind kind) => null;

    /// <summary>
    /// Whether the value holds. When it does not, the reason has been given to the evaluation.
    /// </summary>
    /// <param name="evaluation">The check that is under way.</param>
    /// <param name="token">The value.</param>
    /// <param name="marks">Where to note the properties or items evaluated, or <see cref="Marks.None"/>.</param>
    public abstract bool Holds(SchemaEvaluation evaluation, int token, int marks);
}
