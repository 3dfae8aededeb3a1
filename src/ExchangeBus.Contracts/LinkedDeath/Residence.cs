using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Command to the residence registry: delete the permanent residence of somebody who has died (Law on Residence 68/2020).</summary>
public sealed record DeletePermanentResidence
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>The death registration.</summary>
    public required RegistrationReference DeathRegistration { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>Day of death, perhaps in part: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public required Stated<string> DeathDate { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The permanent residence is deleted.</summary>
public sealed record PermanentResidenceDeleted
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the residence record; unknown when it was not found out.</summary>
    public required Stated<string> ResidenceNumber { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>Where the deceased was resident.</summary>
    public Stated<Place>? Address { get; init; }

    /// <summary>Day of deletion.</summary>
    public required DateOnly DeletedOn { get; init; }

    /// <summary>True when the deceased was the head and the household needs a new one.</summary>
    public bool? HeadOfHouseholdNeeded { get; init; }
}

/// <summary>The deletion was refused: this branch ends, the death stays registered.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record PermanentResidenceDeletionRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;
