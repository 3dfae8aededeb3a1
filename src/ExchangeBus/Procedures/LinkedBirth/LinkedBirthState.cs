using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the bus remembers of one linked-birth dossier.</summary>
internal sealed class LinkedBirthState : DossierState
{
    /// <summary>As the citizen has handed it in.</summary>
    public LinkedBirthSubmitted? Submission { get; set; }

    /// <summary>The birth as it was registered; null before.</summary>
    public BirthRegistered? Registered { get; set; }

    /// <summary>What the population database has said of each person that was asked for; null while it has not answered.</summary>
    public Dictionary<string, string?> Verified { get; init; } = new(StringComparer.Ordinal);

    internal override RegisteredProcedure Procedure => LinkedBirthMessages.Procedure;

    internal override LinkedProfile RulesIn(LegalProfile profile) => profile.LinkedBirth;

    internal override IReadOnlyList<string> Chosen => Submission is not { IdentityCard: true } submitted ? Submission!.Procedures : [.. submitted.Procedures, StepNames.IdentityCard];

    internal override string Kind => "birth";

    internal override Adult Applicant => Submission!.Applicant;

    internal override IReadOnlyList<Attachment>? Attachments => Submission!.Attachments;
}
