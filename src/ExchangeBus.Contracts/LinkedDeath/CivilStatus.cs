using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Command to the civil-status registry: register the death the same working day (Law on Civil Status 60/2014, articles 32 to 34).</summary>
public sealed record RegisterDeath
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Commune that registers, 5 digits.</summary>
    public required string Commune { get; init; }

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

    /// <summary>Papers handed in, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The entry in the civil-status book: the pivot after which a linked procedure only goes forward.</summary>
public sealed record DeathRegistered
{
    /// <summary>Number of the dossier; absent when registered ex officio.</summary>
    public string? DossierNumber { get; init; }

    /// <summary>Number in the book.</summary>
    public required string RegistrationNumber { get; init; }

    /// <summary>The book, for example <c>01/2026</c>.</summary>
    public required string Book { get; init; }

    /// <summary>Page of the book, 1 to 4 digits.</summary>
    public string? Page { get; init; }

    /// <summary>Commune that registers, 5 digits.</summary>
    public required string Commune { get; init; }

    /// <summary>Day of registration.</summary>
    public required DateOnly RegisteredOn { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>When, where and why.</summary>
    public required Death Death { get; init; }

    /// <summary>Death notice, <c>NNNNN.GBT.FFFFF.YY</c>; none when the person died outside a facility.</summary>
    public Stated<string>? DeathNoticeNumber { get; init; }

    /// <summary>The birth registration of the deceased, which is locked.</summary>
    public RegistrationReference? BirthRegistration { get; init; }

    /// <summary>The signed extract.</summary>
    public Attachment? Certificate { get; init; }
}

/// <summary>The death was not registered: the whole dossier ends.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record DeathRegistrationRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;
