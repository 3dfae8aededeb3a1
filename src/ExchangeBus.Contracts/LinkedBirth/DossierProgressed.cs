namespace ExchangeBus.Contracts.LinkedBirth;

/// <summary>A dossier has moved; what the portal shows the citizen.</summary>
public sealed record DossierProgressed
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>State of the whole dossier, by the saga's state name.</summary>
    public required string State { get; init; }

    /// <summary>State of each branch by procedure, for example <c>permanentResidence: done</c>.</summary>
    public required IReadOnlyDictionary<string, string> Branches { get; init; }

    /// <summary>Agency codes that hold the dossier now; empty at the end.</summary>
    public required IReadOnlyList<string> Holders { get; init; }

    /// <summary>The nearest deadline; absent at the end.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
