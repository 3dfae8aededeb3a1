using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>What the citizen hands in for the linked procedures at death (Decree 63/2024).</summary>
public sealed record LinkedDeathSubmitted
{
    /// <summary>Number of the dossier at the portal; also the event's subject.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Commune that registers the death, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary>Procedures chosen beside the death registration; see <see cref="LinkedDeathProcedures"/>. May be empty.</summary>
    public required IReadOnlyList<string> Procedures { get; init; }

    /// <summary>Death notice, <c>NNNNN.GBT.FFFFF.YY</c>; none when the person died outside a facility.</summary>
    public required Stated<string> DeathNoticeNumber { get; init; }

    /// <summary>What stands in for the notice; present when there is none (Decree 123/2015).</summary>
    public DeathProof? DeathProof { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>When, where and why.</summary>
    public required Death Death { get; init; }

    /// <summary>Who applies.</summary>
    public required Adult Applicant { get; init; }

    /// <summary>What the applicant is to the deceased, in words.</summary>
    public string? ApplicantRelation { get; init; }

    /// <summary>Where results are told.</summary>
    public Contact? Contact { get; init; }

    /// <summary>Who claims the funeral allowance, and from whom.</summary>
    public FuneralClaim? FuneralAllowance { get; init; }

    /// <summary>Who may receive survivor benefit, at most 20.</summary>
    public IReadOnlyList<Survivor>? Survivors { get; init; }

    /// <summary>Copies of the extract that are asked for, 0 to 50.</summary>
    public int? CertificateCopies { get; init; }

    /// <summary>Papers handed in, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }
}

/// <summary>The procedures that a citizen may link to the death registration; locking the health card is never chosen, always done.</summary>
public static class LinkedDeathProcedures
{
    /// <summary>Deletion of the permanent residence.</summary>
    public const string ResidenceDeletion = "residenceDeletion";

    /// <summary>Funeral allowance.</summary>
    public const string FuneralAllowance = "funeralAllowance";

    /// <summary>Survivor benefit.</summary>
    public const string SurvivorBenefit = "survivorBenefit";
}
