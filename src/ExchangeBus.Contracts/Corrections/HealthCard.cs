using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Corrections;

/// <summary>Command to social insurance: unlock a health card, because the death was revoked.</summary>
public sealed record UnlockHealthCard
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the card, 15 characters; none when there is no card.</summary>
    public required Stated<string> CardNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>The decision that revoked the death registration.</summary>
    public required Decision Revocation { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>A health card is valid again, also for the time it was locked.</summary>
public sealed record HealthCardUnlocked
{
    /// <summary>Number of the dossier, when it belongs to one.</summary>
    public string? DossierNumber { get; init; }

    /// <summary>Number of the card, 15 characters.</summary>
    public required string CardNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>Day of the unlock.</summary>
    public required DateOnly UnlockedOn { get; init; }

    /// <summary>Last day of validity.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary><c>deathRevoked</c>, <c>lockedByMistake</c> or <c>other</c>.</summary>
    public required string Reason { get; init; }
}
