using System.Text.Json.Serialization;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Procedures.Clock;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What the bus remembers of any linked procedure.</summary>
internal abstract class DossierState : SagaStateMachineInstance, ISagaVersion
{
    public Guid CorrelationId { get; set; }

    /// <summary>Grows with every transition: an officer's screen names the one it shows.</summary>
    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public string DossierNumber { get; set; } = "";

    /// <summary>Commune that registers, 5 digits.</summary>
    public string Commune { get; set; } = "";

    /// <summary>Province of the commune on the day of the submission, 2 digits; null for a commune that no list knows.</summary>
    public string? Province { get; set; }

    /// <summary>The rules of this moment hold to the end.</summary>
    public DateTimeOffset SubmittedAt { get; set; }

    /// <summary>The steps that belong to this dossier, by <see cref="StepNames"/>.</summary>
    public Dictionary<string, Step> Steps { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The step that waits for the citizen's supplement; null when none does.</summary>
    public string? PausedStep { get; set; }

    /// <summary>Who holds the dossier now, joined by a comma; empty at the end.</summary>
    public string Holders { get; set; } = "";

    /// <summary>The nearest deadline; null at the end.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When somebody has to look at it: the nearest warning or deadline that has not been told yet.</summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>True while it waits for something whose time has run out.</summary>
    public bool IsLate { get; set; }

    /// <summary>Commune, book and number of the registration: by it events without dossier number find the dossier. Null before the registration.</summary>
    public string? RegistrationKey { get; set; }

    /// <summary>Personal identification number of the child or of the deceased, once known.</summary>
    public string? PersonalId { get; set; }

    /// <summary>What only a person can settle.</summary>
    public List<Matter> Matters { get; init; } = [];

    internal abstract RegisteredProcedure Procedure { get; }

    /// <summary>The part of the legal numbers that is about this procedure.</summary>
    internal abstract LinkedProfile RulesIn(LegalProfile profile);

    /// <summary>The branches that the citizen has chosen.</summary>
    internal abstract IReadOnlyList<string> Chosen { get; }

    /// <summary>What the desk is told it is about: <c>birth</c> or <c>death</c>.</summary>
    internal abstract string Kind { get; }

    internal abstract Adult Applicant { get; }

    internal abstract IReadOnlyList<Attachment>? Attachments { get; }

    /// <summary>Where results are told; null when the submission says nothing.</summary>
    internal virtual Contact? Contact => null;

    /// <summary>What caused the transition that is under way; the history keeps it.</summary>
    [JsonIgnore]
    public Cause Cause { get; set; } = Cause.None;
}

/// <summary>Something for a person: an answer that contradicts another, or data that does not match.</summary>
/// <param name="Code">Stable; see docs/for-operators.md.</param>
/// <param name="Step">The step it is about; null when it is about the whole dossier.</param>
/// <param name="At">Since when.</param>
/// <param name="EventId">The event that brought it; null when time did.</param>
internal sealed record Matter(string Code, string? Step, DateTimeOffset At, string? EventId);
