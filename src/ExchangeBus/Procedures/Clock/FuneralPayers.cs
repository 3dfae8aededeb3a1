namespace ExchangeBus.Procedures.Clock;

/// <summary>Who pays the funeral allowance: one death is paid once.</summary>
internal sealed record FuneralPayers : Sourced
{
    internal const string SocialInsurance = "socialInsurance", SocialProtection = "socialProtection";

    /// <summary>The payers, each asked only when the one before it has nothing to do with the death.</summary>
    public required IReadOnlyList<string> Order { get; init; }

    /// <summary>Codes of the refusals that say so: the deceased was none of its own. Any other refusal is the end.</summary>
    public required IReadOnlyList<string> PassOn { get; init; }

    /// <summary>Who decides after a payer has refused; null when nobody does.</summary>
    internal string? After(string payer, string? reasonCode)
    {
        if (reasonCode is null || !PassOn.Contains(reasonCode))
            return null;
        for (var i = 0; i < Order.Count - 1; i++)
        {
            if (Order[i] == payer)
                return Order[i + 1];
        }

        return null;
    }
}
