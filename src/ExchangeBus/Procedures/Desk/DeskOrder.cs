using System.Text.Json;

namespace ExchangeBus.Procedures.Desk;

/// <summary>What an officer can ask for.</summary>
internal enum DeskAction
{
    /// <summary>The command that the agency got is handed to it once more, as it was.</summary>
    Resend,

    /// <summary>The agency is asked anew, by a new command.</summary>
    Reask,

    /// <summary>The step gets more time.</summary>
    Extend,

    /// <summary>A branch that the citizen chose is left out.</summary>
    Skip,

    /// <summary>An answer that came on paper is entered in the agency's place.</summary>
    Enter,

    /// <summary>A branch that was refused or left out begins again.</summary>
    Reenter,

    /// <summary>The citizen takes the dossier back at the counter.</summary>
    Withdraw,

    /// <summary>The dossier goes on outside the bus.</summary>
    TakeOver,

    /// <summary>A matter was looked at, and nothing is to be done.</summary>
    Settle,
}

/// <summary>An action on one dossier, as it is asked for.</summary>
internal sealed record DeskOrder
{
    public required DeskAction Action { get; init; }

    /// <summary>Version of the dossier that the officer's screen shows.</summary>
    public required int Version { get; init; }

    /// <summary>Why, 3 to 1,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The step it is about; null when it is about the whole dossier.</summary>
    public string? Step { get; init; }

    /// <summary>Code of the matter to settle.</summary>
    public string? Matter { get; init; }

    /// <summary>Working days to add, 1 to 60, to a limit in working days.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>Hours to add, 1 to 720, to a limit in plain time.</summary>
    public int? Hours { get; init; }

    /// <summary>What is entered by hand.</summary>
    public EnteredResult? Result { get; init; }
}

/// <summary>An answer that came on paper.</summary>
/// <param name="Type">Type of the event that the agency would have sent.</param>
/// <param name="DocumentHash"><c>sha256:</c> and 64 hexadecimal digits: the scanned document that it was read from.</param>
/// <param name="Data">Body of that event. The dossier number, and of a verification the request, are filled in when they are left out.</param>
internal sealed record EnteredResult(string? Type = null, string? DocumentHash = null, JsonElement? Data = null);
