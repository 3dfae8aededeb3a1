using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>What is compared: registrations of one kind with what one branch must have brought for each.</summary>
/// <param name="Kind"><c>birth</c> or <c>death</c>.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Gap">What a gap is called; stable.</param>
internal sealed record Comparison(string Kind, string Branch, string Gap)
{
    internal static IReadOnlyList<Comparison> All { get; } =
    [
        new("birth", StepNames.PermanentResidence, "birthWithoutResidence"),
        new("birth", StepNames.HealthCard, "birthWithoutHealthCard"),
        new("death", StepNames.ResidenceDeletion, "deathWithResidence"),
        new("death", StepNames.HealthCardLock, "deathWithoutCardLock"),
    ];
}

/// <summary>A registration for which a branch has brought nothing.</summary>
internal sealed record Candidate(string Record, string? DossierNumber, long Sequence, DateTimeOffset RecordedAt);

/// <summary>A branch as its dossier has it.</summary>
/// <param name="DossierNumber">The dossier.</param>
/// <param name="Status">Null when the branch does not belong to it.</param>
/// <param name="DueAt">Until when it has time.</param>
internal sealed record BranchState(string DossierNumber, string? Status, DateTimeOffset? DueAt);

/// <summary>What is made of a registration without what the branch must bring.</summary>
/// <param name="Since">When its time ran out; null when it is no gap.</param>
/// <param name="IsWaiting">The dossier has asked the agency, and waits.</param>
/// <param name="Explanation">Why it is no gap, a stable code; null when it is one.</param>
internal readonly record struct Verdict(DateTimeOffset? Since, bool IsWaiting, string? Explanation)
{
    internal bool IsGap => Since is not null;

    internal static Verdict Gap(DateTimeOffset since, bool isWaiting = false) => new(since, isWaiting, null);

    internal static Verdict Explained(string code) => new(null, false, code);
}
