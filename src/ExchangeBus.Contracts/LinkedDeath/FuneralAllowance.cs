using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Command to social insurance or to social protection: decide the funeral allowance; one death is paid once.</summary>
public sealed record DecideFuneralAllowance
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Who has died.</summary>
    public required Deceased Deceased { get; init; }

    /// <summary>Day of death, perhaps in part: <c>yyyy</c>, <c>yyyy-MM</c> or <c>yyyy-MM-dd</c>.</summary>
    public required Stated<string> DeathDate { get; init; }

    /// <summary>The death registration.</summary>
    public required RegistrationReference DeathRegistration { get; init; }

    /// <summary>Social-insurance number of the deceased, 10 digits.</summary>
    public Stated<string>? SocialInsuranceNumber { get; init; }

    /// <summary>Who arranges the funeral and receives the allowance.</summary>
    public required Adult Recipient { get; init; }

    /// <summary>What the recipient is to the deceased, in words.</summary>
    public string? Relation { get; init; }

    /// <summary>Where the money goes; none when it is paid in cash.</summary>
    public required Stated<BankAccount> BankAccount { get; init; }

    /// <summary>Papers handed in, at most 20.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The funeral allowance is granted or refused; the other payer reads it, so that nobody is paid twice.</summary>
public sealed record FuneralAllowanceDecided
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Personal identification number of the deceased, 12 digits.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary><c>granted</c> or <c>refused</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whole Vietnamese đồng; present when granted.</summary>
    public long? Amount { get; init; }

    /// <summary>The decision; present when granted.</summary>
    public Decision? Decision { get; init; }

    /// <summary><c>bankTransfer</c> or <c>cash</c>.</summary>
    public string? Payment { get; init; }

    /// <summary>From when it is paid.</summary>
    public DateOnly? PayableFrom { get; init; }

    /// <summary>Stable code of the reason in the agency's list; present when refused.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>The reason in Vietnamese; present when refused.</summary>
    public string? Reason { get; init; }
}

/// <summary>The payer has paid, or has tried in vain; the bus carries the state, never the money.</summary>
public sealed record FuneralAllowancePaid
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Number of the decision.</summary>
    public required string DecisionNumber { get; init; }

    /// <summary><c>paid</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whole Vietnamese đồng.</summary>
    public required long Amount { get; init; }

    /// <summary>Day of payment; present when paid.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>Why it failed; present when failed.</summary>
    public string? Reason { get; init; }
}
