using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Corrections;

/// <summary>Command to the residence registry: restore a permanent residence, because the death was revoked.</summary>
public sealed record RestorePermanentResidence
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Number of the residence record.</summary>
    public Stated<string>? ResidenceNumber { get; init; }

    /// <summary>The decision that revoked the death registration.</summary>
    public required Decision Revocation { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The permanent residence stands again.</summary>
public sealed record PermanentResidenceRestored
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the residence record.</summary>
    public required string ResidenceNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>Where.</summary>
    public required Address Address { get; init; }

    /// <summary>Day of restoration.</summary>
    public required DateOnly RestoredOn { get; init; }
}
