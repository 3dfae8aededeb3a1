using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.Population;

/// <summary>The population database has given a child its personal id, perhaps days after the registration; the birth record is the key.</summary>
public sealed record PersonalIdAssigned
{
    /// <summary>Number of the dossier, when it belongs to one.</summary>
    public string? DossierNumber { get; init; }

    /// <summary>The birth registration.</summary>
    public required RegistrationReference BirthRegistration { get; init; }

    /// <summary>The number, 12 digits.</summary>
    public required string PersonalId { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary><c>male</c>, <c>female</c> or <c>unknown</c>.</summary>
    public required string Gender { get; init; }

    /// <summary>Day of birth.</summary>
    public required DateOnly BirthDate { get; init; }

    /// <summary>Day of assignment.</summary>
    public required DateOnly AssignedOn { get; init; }

    /// <summary>Health card issued before the number was known, 15 characters: whoever holds it links the two.</summary>
    public string? TemporaryHealthCardNumber { get; init; }
}

/// <summary>A personal id has been cancelled and another given: every holder links the two.</summary>
public sealed record PersonalIdReplaced
{
    /// <summary>The cancelled number, 12 digits.</summary>
    public required string OldPersonalId { get; init; }

    /// <summary>The number that holds, 12 digits.</summary>
    public required string NewPersonalId { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Day of replacement.</summary>
    public required DateOnly ReplacedOn { get; init; }

    /// <summary><c>genderRedetermined</c>, <c>birthDateCorrected</c>, <c>issuedByMistake</c>, <c>duplicate</c> or <c>other</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The document on which it rests.</summary>
    public Decision? Decision { get; init; }
}
