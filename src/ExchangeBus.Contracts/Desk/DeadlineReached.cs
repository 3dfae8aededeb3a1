namespace ExchangeBus.Contracts.Desk;

/// <summary>Time has come to look at a dossier: a warning is due, or a deadline has passed.</summary>
public sealed record DeadlineReached
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>The moment for which it was to be looked at.</summary>
    public required DateTimeOffset At { get; init; }
}
