namespace ExchangeBus.Contracts.Desk;

/// <summary>The citizen has withdrawn the dossier; possible until the registration.</summary>
public sealed record DossierWithdrawn
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>When it was withdrawn.</summary>
    public required DateTimeOffset WithdrawnAt { get; init; }

    /// <summary>Why, in the citizen's words.</summary>
    public string? Reason { get; init; }
}
