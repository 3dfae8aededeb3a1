using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary><c>false</c> as a schema: refuses every value.</summary>
internal sealed class RefuseCheck(Rule rule) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) => evaluation.Fail(rule, token);
}

/// <summary><c>allOf</c>: a failure fails the whole, so the branches may write into the marks of the schema around them.</summary>
internal sealed class AllOfCheck(SchemaNode[] branches) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        foreach (var branch in branches)
        {
            holds &= evaluation.Evaluate(branch, token, marks);
            if (!holds && !evaluation.IsCollecting) return false;
        }

        return holds;
    }
}

/// <summary>
/// <c>anyOf</c> and <c>oneOf</c>. With marks, every branch is tried, since each that holds evaluates properties.
/// If none holds the reasons of the branches stay, so that the sender sees what was missing.
/// </summary>
internal sealed class BranchCheck(SchemaNode[] branches, bool exactlyOne, Rule noneRule, Rule manyRule) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var failures = evaluation.FailureCount;
        var matches = 0;
        foreach (var branch in branches)
        {
            if (Branch.Holds(evaluation, branch, token, marks)) matches++;
            if (exactlyOne ? matches > 1 : matches > 0 && marks < 0) break;
        }

        if (matches == 0) return evaluation.Fail(noneRule, token);
        evaluation.ForgetFailures(failures);
        return matches == 1 || !exactlyOne || evaluation.Fail(manyRule, token);
    }
}

internal sealed class NotCheck(SchemaNode schema, Rule rule) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        (!evaluation.Test(schema, token, Marks.None) && evaluation.Exhausted == Limit.None) || evaluation.Fail(rule, token);
}

internal sealed class IfCheck(SchemaNode condition, SchemaNode? then, SchemaNode? @else) : Check
{
    public override SchemaNode? StandInFor(JsonKind kind) => condition.AnswerFor(kind) switch
    {
        true => then ?? SchemaNode.Any,
        false => @else ?? SchemaNode.Any,
        null => null,
    };

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var chosen = Branch.Test(evaluation, condition, token, marks) ? then : @else;
        return chosen is null || evaluation.Evaluate(chosen, token, marks);
    }
}

internal sealed class DependentSchemasCheck((byte[] Name, SchemaNode Schema)[] dependents) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        foreach (var (name, schema) in dependents)
        {
            if (evaluation.Tape.Find(token, name) >= 0) holds &= evaluation.Evaluate(schema, token, marks);
        }

        return holds;
    }
}

internal sealed class DependentRequiredCheck((byte[] Name, byte[] Needed, Rule Rule)[] dependents) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        foreach (var (name, needed, rule) in dependents)
        {
            if (evaluation.Tape.Find(token, name) >= 0 && evaluation.Tape.Find(token, needed) < 0) holds = evaluation.Fail(rule, token);
        }

        return holds;
    }
}

/// <summary>A branch whose marks count only if it holds.</summary>
internal static class Branch
{
    public static bool Holds(SchemaEvaluation evaluation, SchemaNode schema, int token, int marks) =>
        Run(evaluation, schema, token, marks, keepReasons: true);

    public static bool Test(SchemaEvaluation evaluation, SchemaNode schema, int token, int marks) =>
        Run(evaluation, schema, token, marks, keepReasons: false);

    private static bool Run(SchemaEvaluation evaluation, SchemaNode schema, int token, int marks, bool keepReasons)
    {
        if (marks < 0) return keepReasons ? evaluation.Evaluate(schema, token, marks) : evaluation.Test(schema, token, marks);
        ref readonly var value = ref evaluation.Tokens[token];
        var count = value.Kind is JsonKind.Array or JsonKind.Object ? value.Length : 0;
        var own = evaluation.Marks.Take(count);
        var holds = keepReasons ? evaluation.Evaluate(schema, token, own) : evaluation.Test(schema, token, own);
        if (holds) evaluation.Marks.Merge(own, marks, count);
        evaluation.Marks.GiveBack(own);
        return holds;
    }
}
