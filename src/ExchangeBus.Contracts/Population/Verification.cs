using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Population;

/// <summary>Command: compare a citizen's data with the population database; officer and procedure stand in the envelope.</summary>
public sealed record VerifyCitizen
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Id of the question; comes back in the answer.</summary>
    public required string RequestId { get; init; }

    /// <summary><c>father</c>, <c>mother</c>, <c>applicant</c>, <c>householdHead</c> or <c>deceased</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Whom to look up, and what to hold against the record.</summary>
    public required CitizenKey Citizen { get; init; }

    /// <summary>Fields to compare, only what the procedure needs, at most 10; for example <c>birthDate</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>A number to look somebody up by, and the name and birth date to hold against the record; one of the two numbers is present.</summary>
public sealed record CitizenKey
{
    /// <summary>Personal identification number, 12 digits.</summary>
    public string? PersonalId { get; init; }

    /// <summary>Old identity card (CMND), 9 digits.</summary>
    public string? OldIdCard { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Day of birth, perhaps in part.</summary>
    public required Stated<string> BirthDate { get; init; }
}

/// <summary>The population database's answer; no value of the database stands in it.</summary>
public sealed record CitizenVerified
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Id of the question.</summary>
    public required string RequestId { get; init; }

    /// <summary>Role of the citizen in the dossier, as asked.</summary>
    public required string Role { get; init; }

    /// <summary><c>match</c>, <c>mismatch</c>, <c>notFound</c> or <c>withheld</c>.</summary>
    public required string Result { get; init; }

    /// <summary>What differs, 1 to 10 fields; present when the result is <c>mismatch</c>.</summary>
    public IReadOnlyList<string>? MismatchedFields { get; init; }

    /// <summary>When the database was asked.</summary>
    public required DateTimeOffset VerifiedAt { get; init; }
}
