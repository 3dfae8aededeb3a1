using ExchangeBus.Contracts.Corrections;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Command to social insurance: lock the health card at once (Circular 30/2020/TT-BYT, article 11); never chosen, always done.</summary>
public sealed record LockHealthCard
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the card, 15 characters.</summary>
    public Stated<string>? CardNumber { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>Day of death, perhaps in part: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public required Stated<string> DeathDate { get; init; }

    /// <summary>The death registration.</summary>
    public required RegistrationReference DeathRegistration { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>A health card is locked, or there was none to lock; also on a hospital's word, without a dossier.</summary>
public sealed record HealthCardLocked
{
    /// <summary>Number of the dossier, when it belongs to one.</summary>
    public string? DossierNumber { get; init; }

    /// <summary>Number of the card, 15 characters; none when there was none to lock.</summary>
    public required Stated<string> CardNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>Day of the lock.</summary>
    public required DateOnly LockedOn { get; init; }

    /// <summary><c>death</c>, <c>duplicate</c> or <c>other</c>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>deathRegistration</c>, <c>deathNotice</c> or <c>other</c>.</summary>
    public string? Basis { get; init; }
}
