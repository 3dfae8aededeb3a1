using System.Text.RegularExpressions;
using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>A pattern that the automaton cannot hold. Linear where .NET can, else stopped by time.</summary>
internal sealed class RegexPattern(Regex regex) : Pattern
{
    public override bool IsMatch(SchemaEvaluation evaluation, int token)
    {
        try
        {
            return regex.IsMatch(evaluation.Characters(token));
        }
        catch (RegexMatchTimeoutException)
        {
            return evaluation.Exhaust(Limit.PatternTime);
        }
    }
}
