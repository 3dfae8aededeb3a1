using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.MassTransit.CloudEvents;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>The events that belong to every linked procedure.</summary>
internal static class DeskMessages
{
    internal static IReadOnlyList<string> WaitedFor { get; } =
    [
        EventTypes.IntakeAccepted, EventTypes.IntakeRefused, EventTypes.SupplementRequested, EventTypes.SupplementSubmitted, EventTypes.DossierWithdrawn, EventTypes.DeadlineReached,
        EventTypes.DeskActionDecided,
    ];

    internal static CloudEventsOptions MapDesk(this CloudEventsOptions messages) => messages
        .Map<RequestIntake>(EventTypes.RequestIntake)
        .Map<IntakeAccepted>(EventTypes.IntakeAccepted)
        .Map<IntakeRefused>(EventTypes.IntakeRefused)
        .Map<SupplementRequested>(EventTypes.SupplementRequested)
        .Map<SupplementSubmitted>(EventTypes.SupplementSubmitted)
        .Map<DossierWithdrawn>(EventTypes.DossierWithdrawn)
        .Map<DossierProgressed>(EventTypes.DossierProgressed)
        .Map<DeadlineReached>(EventTypes.DeadlineReached)
        .Map<DeskActionDecided>(EventTypes.DeskActionDecided);
}
