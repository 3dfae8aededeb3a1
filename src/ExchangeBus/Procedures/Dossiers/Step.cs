using System.Text.Json.Serialization;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>One step of a dossier: what one agency, or the citizen, is to do.</summary>
internal sealed record Step
{
    public required StepStatus Status { get; init; }

    /// <summary>Code of the agency that is asked; null when it is the citizen's turn, or while nobody has been asked.</summary>
    public string? Agency { get; init; }

    /// <summary>The account of its time; null while nobody has been asked.</summary>
    public StepClock? Clock { get; init; }

    /// <summary>Until when the law, an officer's extension and announced maintenance give it, as the account said when the step last moved.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it is time to warn; null after it has been warned of.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    /// <summary>Its time has run out while it was waited for. Stays true, whatever comes after.</summary>
    public bool IsLate { get; init; }

    /// <summary>How often the agency was asked.</summary>
    public int Asked { get; init; }

    /// <summary>Number of the result, or code of the refusal.</summary>
    public string? Outcome { get; init; }

    /// <summary>Somebody's time runs.</summary>
    [JsonIgnore]
    public bool Runs => Status is StepStatus.Waiting or StepStatus.Blocked;
}

/// <summary>Stored and shown by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
internal enum StepStatus
{
    /// <summary>It belongs to the dossier; its turn has not come.</summary>
    Chosen,

    /// <summary>Somebody has been asked and has not answered.</summary>
    Waiting,

    /// <summary>The citizen has to supply something first: the clock stands.</summary>
    Paused,

    /// <summary>An answer that only a person can judge has come, or something is missing that must come first.</summary>
    Blocked,

    Done,

    Refused,

    /// <summary>Left out by an officer, or the step that it follows was refused.</summary>
    Dropped,
}
