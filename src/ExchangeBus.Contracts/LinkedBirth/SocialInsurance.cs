namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Command to social insurance.</summary>
public sealed record IssueChildHealthCard
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the birth registration: the record key while the personal id is not known.</summary>
    public required string BirthRegistrationNumber { get; init; }

    /// <summary>Personal identification number of the child, when known.</summary>
    public string? PersonalId { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>Where the child lives.</summary>
    public required Address Residence { get; init; }

    /// <summary>Until when the law gives social insurance.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The child's health-insurance card is issued.</summary>
public sealed record ChildHealthCardIssued
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>15 characters, <c>TE1</c> + province (2 digits) + social-insurance code (10 digits) for a child under six.</summary>
    public required string CardNumber { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity (Law on Health Insurance, article 16.3d).</summary>
    public required DateOnly ValidUntil { get; init; }
}
