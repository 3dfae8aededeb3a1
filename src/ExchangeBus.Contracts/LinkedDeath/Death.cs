using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Who has died; perhaps somebody who is not identified (Law on Civil Status 60/2014, article 32).</summary>
public sealed record Deceased
{
    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public Stated<string>? PersonalId { get; init; }

    /// <summary>Old identity card (CMND), 9 digits.</summary>
    public string? OldIdCard { get; init; }

    /// <summary>Passport or another paper of somebody without personal number.</summary>
    public IdentityDocument? IdentityDocument { get; init; }

    /// <summary>The name; unknown when the person is not identified.</summary>
    public required Stated<PersonName> Name { get; init; }

    /// <summary><c>male</c>, <c>female</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>Day of birth, perhaps in part.</summary>
    public required Stated<string> BirthDate { get; init; }

    /// <summary>Ethnic group, 2 digits of the national list.</summary>
    public Stated<string>? Ethnicity { get; init; }

    /// <summary>ISO 3166-1 alpha-2; none is stateless.</summary>
    public Stated<string>? Nationality { get; init; }

    /// <summary>Last place of residence.</summary>
    public Stated<Place>? LastResidence { get; init; }
}

/// <summary>When, where and why somebody died.</summary>
public sealed record Death
{
    /// <summary>Day of death, perhaps in part.</summary>
    public required Stated<string> Date { get; init; }

    /// <summary>Time of day <c>HH:mm</c>, Vietnamese time.</summary>
    public Stated<string>? Time { get; init; }

    /// <summary>Where.</summary>
    public required Stated<DeathPlace> Place { get; init; }

    /// <summary>Why.</summary>
    public Stated<DeathCause>? Cause { get; init; }
}

/// <summary>What kind of place, and where.</summary>
public sealed record DeathPlace
{
    /// <summary><c>facility</c>, <c>home</c>, <c>onTheWay</c>, <c>abroad</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Code of the health facility, 5 digits.</summary>
    public string? Facility { get; init; }

    /// <summary>Where it lies.</summary>
    public Stated<Place>? Address { get; init; }
}

/// <summary>Cause of death.</summary>
public sealed record DeathCause
{
    /// <summary>In words.</summary>
    public required string Text { get; init; }

    /// <summary>ICD-10 code, for example <c>I21.9</c>.</summary>
    public string? Icd10 { get; init; }
}

/// <summary>What stands in for the death notice (Decree 123/2015).</summary>
public sealed record DeathProof
{
    /// <summary><c>hospitalNotice</c>, <c>courtDecision</c>, <c>executionReport</c>, <c>forensicReport</c>, <c>policeReport</c>, <c>communeAttestation</c> or <c>other</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the document.</summary>
    public string? Number { get; init; }

    /// <summary>Day of issue.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>Who issued it.</summary>
    public required string Issuer { get; init; }
}
