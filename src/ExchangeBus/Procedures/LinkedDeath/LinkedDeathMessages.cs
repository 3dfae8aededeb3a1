using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.Contracts.Population;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What the linked death waits for, and the record of each event that it reads or writes.</summary>
internal static class LinkedDeathMessages
{
    internal static RegisteredProcedure Procedure { get; } = new("linkeddeath", "linked_death",
    [
        .. DeskMessages.WaitedFor,
        EventTypes.LinkedDeathSubmitted, EventTypes.DeathRegistered, EventTypes.DeathRegistrationRefused,
        EventTypes.PermanentResidenceDeleted, EventTypes.PermanentResidenceDeletionRefused, EventTypes.HealthCardLocked,
        EventTypes.FuneralAllowanceDecided, EventTypes.FuneralAllowancePaid, EventTypes.SurvivorBenefitSettled, EventTypes.PersonalIdReplaced,
        EventTypes.DeathRevoked, EventTypes.PermanentResidenceRestored, EventTypes.HealthCardUnlocked, EventTypes.AllowanceStopped,
    ], LinkedDeathMap.Map);

    internal static void Map(CloudEventsOptions messages) => messages.MapDesk()
        .Map<LinkedDeathSubmitted>(EventTypes.LinkedDeathSubmitted)
        .Map<RegisterDeath>(EventTypes.RegisterDeath)
        .Map<DeathRegistered>(EventTypes.DeathRegistered)
        .Map<DeathRegistrationRefused>(EventTypes.DeathRegistrationRefused)
        .Map<DeletePermanentResidence>(EventTypes.DeletePermanentResidence)
        .Map<PermanentResidenceDeleted>(EventTypes.PermanentResidenceDeleted)
        .Map<PermanentResidenceDeletionRefused>(EventTypes.PermanentResidenceDeletionRefused)
        .Map<LockHealthCard>(EventTypes.LockHealthCard)
        .Map<HealthCardLocked>(EventTypes.HealthCardLocked)
        .Map<DecideFuneralAllowance>(EventTypes.DecideFuneralAllowance)
        .Map<FuneralAllowanceDecided>(EventTypes.FuneralAllowanceDecided)
        .Map<FuneralAllowancePaid>(EventTypes.FuneralAllowancePaid)
        .Map<SettleSurvivorBenefit>(EventTypes.SettleSurvivorBenefit)
        .Map<SurvivorBenefitSettled>(EventTypes.SurvivorBenefitSettled)
        .Map<PersonalIdReplaced>(EventTypes.PersonalIdReplaced)
        .Map<DeathRevoked>(EventTypes.DeathRevoked)
        .Map<RestorePermanentResidence>(EventTypes.RestorePermanentResidence)
        .Map<PermanentResidenceRestored>(EventTypes.PermanentResidenceRestored)
        .Map<UnlockHealthCard>(EventTypes.UnlockHealthCard)
        .Map<HealthCardUnlocked>(EventTypes.HealthCardUnlocked)
        .Map<StopAllowance>(EventTypes.StopAllowance)
        .Map<AllowanceStopped>(EventTypes.AllowanceStopped);
}
