using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Command to social insurance, when the citizen has chosen it: settle the survivor benefit.</summary>
public sealed record SettleSurvivorBenefit
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>Day of death, perhaps in part: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public required Stated<string> DeathDate { get; init; }

    /// <summary>The death registration.</summary>
    public required RegistrationReference DeathRegistration { get; init; }

    /// <summary>Social-insurance number of the deceased, 10 digits.</summary>
    public Stated<string>? SocialInsuranceNumber { get; init; }

    /// <summary>Who may receive it, 1 to 20.</summary>
    public required IReadOnlyList<Survivor> Survivors { get; init; }

    /// <summary>Where the money goes; none when it is paid in cash.</summary>
    public Stated<BankAccount>? BankAccount { get; init; }

    /// <summary>Papers handed in, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The survivor benefit is granted, monthly or once, or refused.</summary>
public sealed record SurvivorBenefitSettled
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary><c>granted</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary><c>monthly</c> or <c>lumpSum</c>; present when granted.</summary>
    public string? Kind { get; init; }

    /// <summary>Who receives how much, 1 to 20; present when granted.</summary>
    public IReadOnlyList<Beneficiary>? Beneficiaries { get; init; }

    /// <summary>The decision; present when granted.</summary>
    public Decision? Decision { get; init; }

    /// <summary>From when it is paid.</summary>
    public DateOnly? PayableFrom { get; init; }

    /// <summary>Stable code of the reason in the agency's list; present when refused.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>The reason in Vietnamese; present when refused.</summary>
    public string? Reason { get; init; }
}
