namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>A parsed pattern. Groups and laziness are kept out where only the answer "matches" is wanted.</summary>
internal abstract record PatternNode;

internal sealed record SetNode(CodePointSet Set) : PatternNode;

internal sealed record SequenceNode(IReadOnlyList<PatternNode> Parts) : PatternNode;

internal sealed record ChoiceNode(IReadOnlyList<PatternNode> Options) : PatternNode;

/// <param name="Body">What is repeated.</param>
/// <param name="Minimum">Times at least.</param>
/// <param name="Maximum">Times at most; null without bound.</param>
/// <param name="IsLazy">Matters only beside a backreference.</param>
internal sealed record RepeatNode(PatternNode Body, int Minimum, int? Maximum, bool IsLazy) : PatternNode;

internal sealed record AssertionNode(AssertionKind Kind) : PatternNode;

/// <summary>A capturing group, numbered from one.</summary>
internal sealed record GroupNode(PatternNode Body, int Number) : PatternNode;

internal sealed record LookNode(PatternNode Body, bool IsAhead, bool IsNegative) : PatternNode;

internal sealed record BackreferenceNode(int Number) : PatternNode;

internal enum AssertionKind
{
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
}
