using ExchangeBus.Contracts;

namespace ExchangeBus.Intake;

internal enum AnswerKind
{
    Accepted,
    Duplicate,
    Malformed,
    Invalid,
    Forbidden,
    Conflict,

    /// <summary>Kept for a person to decide, on it or on one before it.</summary>
    Held,

    /// <summary>More than this sender may send now.</summary>
    Limited,
}

/// <summary>A receipt, and which kind of answer it is at a door.</summary>
internal sealed record Answer(AnswerKind Kind, Receipt Receipt)
{
    internal static Answer Rejected(AnswerKind kind, string? source, string? id, IReadOnlyList<Violation> violations, IReadOnlyList<Violation>? warnings = null) =>
        new(kind, new Receipt { Source = source, Id = id, Accepted = false, Violations = violations, Warnings = warnings ?? [] });

    internal static Answer Held(string source, string id, IReadOnlyList<Violation> violations, IReadOnlyList<Violation> warnings) =>
        new(AnswerKind.Held, new Receipt { Source = source, Id = id, Accepted = false, Held = true, Violations = violations, Warnings = warnings });
}
