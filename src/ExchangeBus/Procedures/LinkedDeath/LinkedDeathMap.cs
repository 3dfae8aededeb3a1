using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What people are told of a linked death, and what officers may enter for whom.</summary>
internal static class LinkedDeathMap
{
    internal static ProcedureMap Map { get; } = new()
    {
        UntilPivot = [StepNames.Intake, StepNames.Registration],
        // The lock is no choice of the citizen's (Circular 30/2020/TT-BYT, article 11).
        OptionalBranches = [StepNames.ResidenceDeletion, StepNames.FuneralAllowance, StepNames.SurvivorBenefit],
        Ends = new HashSet<string>
        {
            nameof(LinkedDeathProcess.Completed), nameof(LinkedDeathProcess.CompletedPartly), nameof(LinkedDeathProcess.Refused), nameof(LinkedDeathProcess.Withdrawn),
            nameof(LinkedDeathProcess.TakenOverByHand), nameof(LinkedDeathProcess.Revoked),
        },
        MayBeginAgain = new HashSet<string> { nameof(LinkedDeathProcess.Linking), nameof(LinkedDeathProcess.Completed), nameof(LinkedDeathProcess.CompletedPartly) },
        NeverClaimed = new HashSet<string> { LinkedDeathSteps.ClaimMissing, LinkedDeathSteps.SurvivorsMissing },
        Answers = new Dictionary<string, IReadOnlyList<string>>
        {
            [StepNames.Intake] = [EventTypes.IntakeAccepted, EventTypes.IntakeRefused, EventTypes.SupplementRequested],
            [StepNames.Supplement] = [EventTypes.SupplementSubmitted],
            [StepNames.Registration] = [EventTypes.DeathRegistered, EventTypes.DeathRegistrationRefused, EventTypes.SupplementRequested],
            [StepNames.ResidenceDeletion] = [EventTypes.PermanentResidenceDeleted, EventTypes.PermanentResidenceDeletionRefused],
            [StepNames.HealthCardLock] = [EventTypes.HealthCardLocked],
            [StepNames.FuneralAllowance] = [EventTypes.FuneralAllowanceDecided],
            [StepNames.SurvivorBenefit] = [EventTypes.SurvivorBenefitSettled],
            [StepNames.ResidenceRestoration] = [EventTypes.PermanentResidenceRestored],
            [StepNames.HealthCardUnlock] = [EventTypes.HealthCardUnlocked],
            [StepNames.FuneralInsuranceStop] = [EventTypes.AllowanceStopped],
            [StepNames.FuneralProtectionStop] = [EventTypes.AllowanceStopped],
            [StepNames.SurvivorBenefitStop] = [EventTypes.AllowanceStopped],
        },
        Commands = new Dictionary<string, string>
        {
            [StepNames.Intake] = EventTypes.RequestIntake,
            [StepNames.Registration] = EventTypes.RegisterDeath,
            [StepNames.ResidenceDeletion] = EventTypes.DeletePermanentResidence,
            [StepNames.HealthCardLock] = EventTypes.LockHealthCard,
            [StepNames.FuneralAllowance] = EventTypes.DecideFuneralAllowance,
            [StepNames.SurvivorBenefit] = EventTypes.SettleSurvivorBenefit,
            [StepNames.ResidenceRestoration] = EventTypes.RestorePermanentResidence,
            [StepNames.HealthCardUnlock] = EventTypes.UnlockHealthCard,
            [StepNames.FuneralInsuranceStop] = EventTypes.StopAllowance,
            [StepNames.FuneralProtectionStop] = EventTypes.StopAllowance,
            [StepNames.SurvivorBenefitStop] = EventTypes.StopAllowance,
        },
    };
}
