using System.Text.Json.Serialization;
using ExchangeBus.Contracts.LinkedBirth;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the bus remembers of one linked-birth dossier.</summary>
internal sealed class LinkedBirthState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public string DossierNumber { get; set; } = "";

    public string Commune { get; set; } = "";

    /// <summary>Agencies that hold the dossier now, joined by a comma; empty at the end.</summary>
    public string Holders { get; set; } = "";

    /// <summary>The nearest deadline; null at the end.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>True once a deadline has passed that the dossier still waits for.</summary>
    public bool IsLate { get; set; }

    public DateTimeOffset SubmittedAt { get; set; }

    public LinkedBirthSubmitted? Submission { get; set; }

    public string? RegistrationNumber { get; set; }

    public string? PersonalId { get; set; }

    public Step Registration { get; set; } = new();

    public Step Residence { get; set; } = new();

    public Step HealthCard { get; set; } = new();

    // Tokens of the scheduled deadlines.
    public Guid? RegistrationDeadline { get; set; }

    public Guid? ResidenceDeadline { get; set; }

    public Guid? HealthCardDeadline { get; set; }
}

/// <summary>One step of a dossier.</summary>
internal sealed record Step
{
    public StepStatus Status { get; init; } = StepStatus.Skipped;

    public DateTimeOffset? DueAt { get; init; }

    public bool IsLate { get; init; }

    /// <summary>Number of the result, or code of the refusal.</summary>
    public string? Outcome { get; init; }
}

/// <summary>Stored and shown by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
internal enum StepStatus
{
    /// <summary>The citizen has not chosen it, or the registration it follows was refused.</summary>
    Skipped,

    /// <summary>Chosen; it begins when the birth is registered.</summary>
    Chosen,

    /// <summary>An agency has been asked and has not answered.</summary>
    Waiting,

    Done,

    Refused,
}
