using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Formats;
using ExchangeBus.JsonSchema.Patterns;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary>Length in code points, as RFC 8259 characters are counted (2020-12 validation, section 6.3).</summary>
internal sealed class LengthCheck(Rule rule, long minimum, long maximum) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        ref readonly var value = ref evaluation.Tokens[token];
        var length = value.Length;

        // A code point has one to four bytes, so most texts are decided without counting.
        if (!value.Plain && (length > maximum || (length + 3) / 4 < minimum)) length = CodePoints(evaluation.Tape.Text(token));
        return (length >= minimum && length <= maximum) || evaluation.Fail(rule, token);
    }

    private static int CodePoints(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var one in text) count += (one & 0xC0) != 0x80 ? 1 : 0;
        return count;
    }
}

internal sealed class PatternCheck(Rule rule, Pattern pattern) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        pattern.IsMatch(evaluation, token) || evaluation.Fail(rule, token);
}

internal sealed class FormatCheck(Rule rule, FormatTest test) : Check
{
    public override bool IsLeaf => true;

    public override bool Holds(SchemaEvaluation evaluation, int token, int marks) =>
        test(evaluation.Tape.Text(token)) || evaluation.Fail(rule, token);
}
