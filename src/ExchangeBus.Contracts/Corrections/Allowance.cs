namespace ExchangeBus.Contracts.Corrections;

/// <summary>Command to the payer: stop an allowance and recover what was paid, because the death was revoked.</summary>
public sealed record StopAllowance
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary><c>funeralAllowance</c> or <c>survivorBenefit</c>.</summary>
    public required string Allowance { get; init; }

    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Number of the decision that granted it.</summary>
    public string? DecisionNumber { get; init; }

    /// <summary>The decision that revoked the death registration.</summary>
    public required Decision Revocation { get; init; }

    /// <summary>Until when the law gives the agency.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>An allowance is stopped: what was paid, and what is to come back.</summary>
public sealed record AllowanceStopped
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary><c>funeralAllowance</c> or <c>survivorBenefit</c>.</summary>
    public required string Allowance { get; init; }

    /// <summary>Who pays: <c>socialInsurance</c> or <c>socialProtection</c>, never both for one death.</summary>
    public required string Payer { get; init; }

    /// <summary>Day it was stopped.</summary>
    public required DateOnly StoppedOn { get; init; }

    /// <summary>Paid until then, in whole Vietnamese đồng.</summary>
    public required long AmountPaid { get; init; }

    /// <summary>To be recovered, in whole Vietnamese đồng.</summary>
    public required long AmountToRecover { get; init; }

    /// <summary>A word on it.</summary>
    public string? Note { get; init; }
}
