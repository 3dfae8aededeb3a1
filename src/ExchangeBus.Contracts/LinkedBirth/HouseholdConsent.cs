namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Command: ask the head of a household whether the child may be registered there, through VNeID or form CT01 (Law on Residence 68/2020).</summary>
public sealed record RequestHouseholdConsent
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Head of the household.</summary>
    public required Adult HouseholdHead { get; init; }

    /// <summary>Where the household lives.</summary>
    public required Address Address { get; init; }

    /// <summary>Name of the child that is to join.</summary>
    public required PersonName Newcomer { get; init; }

    /// <summary>The child's day of birth.</summary>
    public required DateOnly NewcomerBirthDate { get; init; }

    /// <summary>What the child is to the head of the household: a code of the residence registry.</summary>
    public string? Relation { get; init; }

    /// <summary>Who applies.</summary>
    public required Adult Applicant { get; init; }

    /// <summary>After this the question has expired.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The head of the household has answered, or has not in time.</summary>
public sealed record HouseholdConsentAnswered
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary><c>granted</c>, <c>denied</c> or <c>expired</c>.</summary>
    public required string Answer { get; init; }

    /// <summary><c>vneid</c> or <c>paper</c>; absent only when expired.</summary>
    public string? Method { get; init; }

    /// <summary>When it was answered, or expired.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Reason { get; init; }

    /// <summary>The signed form CT01.</summary>
    public Attachment? Paper { get; init; }
}

/// <summary>The residence registry must verify on the spot: the limit becomes five working days (Decree 63/2024).</summary>
public sealed record ResidenceVerificationStarted
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Day it began.</summary>
    public required DateOnly StartedOn { get; init; }

    /// <summary>Until when the law gives the registry now.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}
