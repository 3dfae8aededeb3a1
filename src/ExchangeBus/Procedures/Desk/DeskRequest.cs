using ExchangeBus.Agencies;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Where a request at the desk stands.</summary>
internal enum DeskRequestState
{
    /// <summary>It was not possible, and nothing has changed.</summary>
    Refused,

    /// <summary>A second officer has to decide.</summary>
    Waiting,

    /// <summary>The second officer has said no.</summary>
    Denied,

    /// <summary>It stands in the log; the procedure has taken it or will in its turn.</summary>
    Sent,
}

/// <summary>An action that an officer has asked for, whatever became of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="DossierNumber">The dossier.</param>
/// <param name="Order">What was asked for.</param>
/// <param name="Agency">Agency of the officer.</param>
/// <param name="Officer">Code of the officer.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedAt">When.</param>
internal sealed record DeskRequest(Guid Id, string DossierNumber, DeskOrder Order, string Agency, string Officer, DeskRequestState State, DateTimeOffset RequestedAt)
{
    /// <summary>Code of <see cref="DeskRejections"/>, where it was refused at the door.</summary>
    public string? RefusedBecause { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The second officer's agency; null where one is enough.</summary>
    public string? DecidedAgency { get; init; }

    /// <summary>The second officer.</summary>
    public string? DecidedBy { get; init; }

    public string? DecisionReason { get; init; }

    /// <summary>Id of the event that carries it out; null when none does.</summary>
    public string? EventId { get; init; }

    internal static DeskRequest Of(Guid id, string dossierNumber, DeskOrder order, Officer officer, DateTimeOffset at) =>
        new(id, dossierNumber, order, officer.Agency, officer.Code, DeskRequestState.Sent, at);
}
