using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Contracts.LinkedDeath;

/// <summary>Who claims the funeral allowance, and from which payer.</summary>
public sealed record FuneralClaim
{
    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Who arranges the funeral and receives the allowance.</summary>
    public required Adult Recipient { get; init; }

    /// <summary>What the recipient is to the deceased, in words.</summary>
    public string? Relation { get; init; }

    /// <summary>Where the money goes; none when it is paid in cash.</summary>
    public required Stated<BankAccount> BankAccount { get; init; }
}

/// <summary>Who may receive survivor benefit (Law on Social Insurance).</summary>
public sealed record Survivor
{
    /// <summary>The person.</summary>
    public required Adult Person { get; init; }

    /// <summary><c>child</c>, <c>spouse</c>, <c>parent</c> or <c>other</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>True when the ability to work is reduced by 81 % or more.</summary>
    public bool? CannotWork { get; init; }
}

/// <summary>Who receives survivor benefit, and how much.</summary>
public sealed record Beneficiary
{
    /// <summary>Personal identification number, 12 digits; none when the person has none.</summary>
    public required Stated<string> PersonalId { get; init; }

    /// <summary>The name.</summary>
    public required PersonName Name { get; init; }

    /// <summary>Whole Vietnamese đồng: each month, or once.</summary>
    public required long Amount { get; init; }
}

/// <summary>Where money is paid to; masked wherever it is shown.</summary>
public sealed record BankAccount
{
    /// <summary>Name of the bank.</summary>
    public required string Bank { get; init; }

    /// <summary>Number of the account, 4 to 34 digits or capital letters.</summary>
    public required string Number { get; init; }

    /// <summary>Name of the holder.</summary>
    public required string Holder { get; init; }
}
