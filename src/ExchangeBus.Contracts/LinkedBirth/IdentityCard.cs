using ExchangeBus.Contracts.Corrections;

namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>Command: issue the identity card of a child under six, without photograph or biometrics (Decree 301/2026, from 1 September 2026).</summary>
public sealed record IssueChildIdCard
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Personal identification number of the child, 12 digits; it must be known.</summary>
    public required string PersonalId { get; init; }

    /// <summary>The birth registration.</summary>
    public required RegistrationReference BirthRegistration { get; init; }

    /// <summary>The child.</summary>
    public required Child Child { get; init; }

    /// <summary>Where the child lives.</summary>
    public Stated<Place>? Residence { get; init; }

    /// <summary>Who acts for the child.</summary>
    public required Adult Representative { get; init; }

    /// <summary><c>post</c> or <c>pickUp</c>.</summary>
    public string? Delivery { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The child's identity card is issued; its number is the personal id.</summary>
public sealed record ChildIdCardIssued
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Number of the card: the personal identification number, 12 digits.</summary>
    public required string PersonalId { get; init; }

    /// <summary>Day of issue.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>Last day of validity.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; init; }
}

/// <summary>The identity card was refused: this branch ends, the birth stays registered.</summary>
/// <inheritdoc cref="IRefusal"/>
public sealed record ChildIdCardRefused(string DossierNumber, string ReasonCode, string Reason) : IRefusal;
