using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What the bus remembers of one linked-death dossier.</summary>
internal sealed class LinkedDeathState : DossierState
{
    /// <summary>As the citizen has handed it in.</summary>
    public LinkedDeathSubmitted? Submission { get; set; }

    /// <summary>The death as it was registered; null before.</summary>
    public DeathRegistered? Registered { get; set; }

    /// <summary>Who decides on the funeral allowance, or did so last; null without a claim.</summary>
    public string? FuneralPayer { get; set; }

    /// <summary>What each payer has said of the funeral allowance.</summary>
    public Dictionary<string, FuneralAnswer> FuneralAnswers { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Whether each payer has <c>paid</c> or <c>failed</c>.</summary>
    public Dictionary<string, string> FuneralPayments { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Why the registration does not hold any more: the person lives. Null while it holds.</summary>
    public DeathRevoked? Revocation { get; set; }

    internal override RegisteredProcedure Procedure => LinkedDeathMessages.Procedure;

    internal override LinkedProfile RulesIn(LegalProfile profile) => profile.LinkedDeath;

    internal override IReadOnlyList<string> Chosen => Submission!.Procedures;

    internal override string Kind => "death";

    internal override Adult Applicant => Submission!.Applicant;

    internal override IReadOnlyList<Attachment>? Attachments => Submission!.Attachments;

    internal override Contact? Contact => Submission!.Contact;
}

/// <summary>A payer's answer.</summary>
/// <param name="IsGranted">False when it was refused.</param>
/// <param name="Code">Number of the decision, or code of the refusal.</param>
internal sealed record FuneralAnswer(bool IsGranted, string? Code)
{
    internal static FuneralAnswer Of(FuneralAllowanceDecided decided) =>
        decided.Outcome == "granted" ? new(true, decided.Decision!.Number) : new(false, decided.ReasonCode);
}
