using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary><c>prefixItems</c> and <c>items</c> in one walk.</summary>
internal sealed class ItemsCheck(SchemaNode[] prefix, SchemaNode? rest) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var tokens = evaluation.Tokens;
        var count = tokens[token].Length;
        if (rest is null) count = Math.Min(count, prefix.Length);
        var holds = true;
        var item = token + 1;
        for (var n = 0; n < count; n++)
        {
            holds &= evaluation.Evaluate(n < prefix.Length ? prefix[n] : rest!, item, Marks.None);
            if (!holds && !evaluation.IsCollecting) return false;
            item = tokens[item].Next;
        }

        evaluation.Marks.SetFirst(marks, count);
        return holds;
    }
}

/// <summary><c>contains</c> with its bounds. Each matching item counts as evaluated.</summary>
internal sealed class ContainsCheck(SchemaNode item, long minimum, long maximum, Rule minimumRule, Rule maximumRule) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var tokens = evaluation.Tokens;
        var count = tokens[token].Length;
        long matches = 0;
        var at = token + 1;
        for (var n = 0; n < count; n++)
        {
            if (evaluation.Test(item, at, Marks.None))
            {
                matches++;
                evaluation.Marks.Set(marks, n);
                if (marks < 0 && matches >= minimum && maximum == long.MaxValue) return true;
            }

            at = tokens[at].Next;
        }

        if (matches < minimum) return evaluation.Fail(minimumRule, token);
        return matches <= maximum || evaluation.Fail(maximumRule, token);
    }
}

/// <summary>Applies to what no keyword beside it, nor any successful branch of those, has evaluated.</summary>
internal sealed class UnevaluatedItemsCheck(SchemaNode schema) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        var at = token + 1;
        for (var n = 0; n < evaluation.Tokens[token].Length; n++, at = evaluation.Tokens[at].Next)
        {
            if (evaluation.Marks.IsSet(marks, n)) continue;
            holds &= evaluation.Evaluate(schema, at, Marks.None);
            evaluation.Marks.Set(marks, n);
            if (!holds && !evaluation.IsCollecting) return false;
        }

        return holds;
    }
}

/// <summary>As <see cref="UnevaluatedItemsCheck"/>, for properties.</summary>
internal sealed class UnevaluatedPropertiesCheck(SchemaNode schema) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var holds = true;
        var name = token + 1;
        for (var n = 0; n < evaluation.Tokens[token].Length; n++, name = evaluation.Tokens[name + 1].Next)
        {
            if (evaluation.Marks.IsSet(marks, n)) continue;
            holds &= evaluation.Evaluate(schema, name + 1, Marks.None);
            evaluation.Marks.Set(marks, n);
            if (!holds && !evaluation.IsCollecting) return false;
        }

        return holds;
    }
}
