using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.Contracts.Corrections;

/// <summary>A civil-status record has been corrected (Law on Civil Status 60/2014, article 28); the book beats every database (article 60.2).</summary>
public sealed record CivilStatusCorrected
{
    /// <summary>The record in the civil-status book.</summary>
    public required RegistrationReference Registration { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>The name as it is now.</summary>
    public Stated<PersonName>? Name { get; init; }

    /// <summary><c>changed</c>, <c>corrected</c>, <c>supplemented</c> or <c>redetermined</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Day it was entered in the book.</summary>
    public required DateOnly CorrectedOn { get; init; }

    /// <summary>The document on which it rests.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What differs from the registration event, 1 to 20 fields.</summary>
    public required IReadOnlyList<Correction> Fields { get; init; }
}

/// <summary>One field of the registration event, before and after.</summary>
public sealed record Correction
{
    /// <summary>JSON Pointer (RFC 6901) into the registration event.</summary>
    public required string Field { get; init; }

    /// <summary>What stood there; none when nothing did.</summary>
    public required Stated<string> Before { get; init; }

    /// <summary>What stands there now; none when it was removed.</summary>
    public required Stated<string> After { get; init; }
}

/// <summary>A registration has been annulled, because it was against the law or made twice: it never held.</summary>
public sealed record RegistrationAnnulled
{
    /// <summary>The record in the civil-status book.</summary>
    public required RegistrationReference Registration { get; init; }

    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>Day of annulment.</summary>
    public required DateOnly AnnulledOn { get; init; }

    /// <summary>The document on which it rests.</summary>
    public required Decision Decision { get; init; }

    /// <summary><c>registeredTwice</c>, <c>notCompetent</c>, <c>falsePapers</c>, <c>courtDecision</c> or <c>other</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Explanation { get; init; }

    /// <summary>The record that holds instead.</summary>
    public RegistrationReference? ReplacedBy { get; init; }
}

/// <summary>A death registration has been revoked: the person lives, and everything that followed is undone.</summary>
public sealed record DeathRevoked
{
    /// <summary>Dossier of the death, when there was one.</summary>
    public string? DossierNumber { get; init; }

    /// <summary>The death registration that is revoked.</summary>
    public required RegistrationReference Registration { get; init; }

    /// <summary>Who was registered as dead by mistake.</summary>
    public required Deceased Person { get; init; }

    /// <summary>Day of revocation.</summary>
    public required DateOnly RevokedOn { get; init; }

    /// <summary>The document on which it rests.</summary>
    public required Decision Decision { get; init; }

    /// <summary><c>mistakenIdentity</c>, <c>wrongPersonalId</c>, <c>courtDecision</c>, <c>falseNotice</c> or <c>other</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Explanation { get; init; }

    /// <summary>Who has really died, when known.</summary>
    public Deceased? ReallyDead { get; init; }
}
