namespace ExchangeBus.Contracts.Desk;

/// <summary>An officer has decided something about a dossier. The procedure judges once more when its turn comes, and does nothing when the dossier has moved on.</summary>
public sealed record DeskActionDecided
{
    /// <summary>Number of the dossier.</summary>
    public required string DossierNumber { get; init; }

    /// <summary>The procedure that the dossier is one of: <c>linkedbirth</c> or <c>linkeddeath</c>. A portal may give one number to both.</summary>
    public required string Procedure { get; init; }

    /// <summary>The request at the desk.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>What is to be done; one of <see cref="DeskActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>Version of the dossier that the officer saw; of an approved action, the one that the second officer saw. At least 1.</summary>
    public required int Version { get; init; }

    /// <summary>The step it is about; null when it is about the whole dossier.</summary>
    public string? Step { get; init; }

    /// <summary>Code of the matter that is settled; null for other actions.</summary>
    public string? Matter { get; init; }

    /// <summary>Working days that are added; null for other actions, and for a limit in plain time.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>Hours that are added to a limit in plain time; null for other actions.</summary>
    public int? Hours { get; init; }

    /// <summary>Agency of the officer.</summary>
    public required string Agency { get; init; }

    /// <summary>Code of the officer.</summary>
    public required string Officer { get; init; }

    /// <summary>Code of the officer who has approved it; null where one is enough.</summary>
    public string? Approver { get; init; }

    /// <summary>Why, 3 to 1,000 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>What the procedure does when an officer has decided it.</summary>
public static class DeskActions
{
    /// <summary>The agency is asked anew.</summary>
    public const string Reask = "reask";

    /// <summary>The step gets more time.</summary>
    public const string Extend = "extend";

    /// <summary>A branch that the citizen chose is left out.</summary>
    public const string Skip = "skip";

    /// <summary>A branch that was refused or left out begins again.</summary>
    public const string Reenter = "reenter";

    /// <summary>The dossier goes on outside the bus.</summary>
    public const string TakeOver = "takeover";

    /// <summary>A matter was looked at, and nothing is to be done.</summary>
    public const string Settle = "settle";
}
