using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>
/// A pattern as a deterministic automaton over the bytes of UTF-8: two loads per byte, whatever the pattern,
/// and no conversion to UTF-16. States are kept as offsets of their row; the first row is "no more", the second "matched".
/// </summary>
internal sealed class Automaton(byte[] classes, int classCount, int[] moves, bool[] acceptsAtEnd, int start) : Pattern
{
    public const int Dead = 0;
    public const int Matched = 1;

    public static Automaton? TryBuild(PatternNode root, long maxWork = 20_000_000) =>
        Nfa.Build(root) is { } nfa ? new AutomatonBuilder(nfa, maxWork).Build() : null;

    public override bool IsMatch(SchemaEvaluation evaluation, int token) => IsMatch(evaluation.Tape.Text(token));

    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        var table = moves;
        var row = start;
        foreach (var one in text)
        {
            row = table[row + classes[one]];
            if (row <= classCount) return row == classCount;
        }

        return acceptsAtEnd[row / classCount];
    }

    /// <summary>Where it begins, for a walk of several automata side by side.</summary>
    public int Start => start;

    public int ClassOf(byte one) => classes[one];

    public int Move(int row, byte one) => moves[row + classes[one]];

    public bool AcceptsAt(int row) => acceptsAtEnd[row / classCount];

    /// <summary>A number of the row that fits 16 bits.</summary>
    public int Number(int row) => row / classCount;
}
