namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Command to the residence registry.</summary>
public sealed record RegisterPermanentResidence
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the birth registration: the record key while the personal id is not known.</summary>
    public required string BirthRegistrationNumber { get; init; }

    /// <summary>Personal identification number of the child, when known.</summary>
    public string? PersonalId { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>Head of the household.</summary>
    public required Adult HouseholdHead { get; init; }

    /// <summary>Until when the law gives the registry.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The child's permanent residence stands in the residence registry.</summary>
public sealed record PermanentResidenceRegistered
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the residence record.</summary>
    public required string ResidenceNumber { get; init; }

    /// <summary>Where.</summary>
    public required Address Address { get; init; }

    /// <summary>Day of registration.</summary>
    public required DateOnly RegisteredOn { get; init; }
}
