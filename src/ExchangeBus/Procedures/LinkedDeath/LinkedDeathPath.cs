using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>The parts of sentences that <see cref="LinkedDeathProcess"/> repeats.</summary>
internal static class LinkedDeathPath
{
    /// <summary>Takes the next step before the pivot: the desk, where it belongs to the dossier, then the registration.</summary>
    internal static EventActivityBinder<LinkedDeathState, T> GoOn<T>(this EventActivityBinder<LinkedDeathState, T> when, LinkedDeathProcess process, LinkedDeathSteps steps)
        where T : class =>
        when.IfElse(x => LinkedDeathSteps.IsNext(x, StepNames.Intake),
                desk => desk.ThenAsync(steps.RequestIntake).TransitionTo(process.AtDesk),
                registration => registration.ThenAsync(steps.RegisterDeath).TransitionTo(process.Registering))
            .TellPortal(steps);

    /// <summary>The death stands in the book: the lock, and what the citizen has chosen, begin side by side.</summary>
    internal static EventActivityBinder<LinkedDeathState, T> GoToBranches<T>(this EventActivityBinder<LinkedDeathState, T> when, LinkedDeathProcess process, LinkedDeathSteps steps)
        where T : class =>
        when.If(x => LinkedDeathSteps.IsNext(x, StepNames.ResidenceDeletion), then => then.ThenAsync(steps.DeleteResidence))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.HealthCardLock), then => then.ThenAsync(steps.LockHealthCard))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.FuneralAllowance), then => then.ThenAsync(steps.DecideFuneralAllowance))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.SurvivorBenefit), then => then.ThenAsync(steps.SettleSurvivorBenefit))
            .TransitionTo(process.Linking)
            .EndWhenNothingWaits(process, steps);

    /// <summary>The payer that was asked first has nothing to do with this death: the other one decides.</summary>
    internal static EventActivityBinder<LinkedDeathState, T> AskTheOtherPayerIfNeeded<T>(this EventActivityBinder<LinkedDeathState, T> when, LinkedDeathSteps steps)
        where T : class =>
        when.If(x => LinkedDeathSteps.IsNext(x, StepNames.FuneralAllowance), then => then.ThenAsync(steps.DecideFuneralAllowance));

    /// <summary>Tells every agency that has done something, or may have, to undo it.</summary>
    internal static EventActivityBinder<LinkedDeathState, T> Undo<T>(this EventActivityBinder<LinkedDeathState, T> when, LinkedDeathSteps steps)
        where T : class =>
        when.If(x => LinkedDeathSteps.IsNext(x, StepNames.ResidenceRestoration), then => then.ThenAsync(steps.RestoreResidence))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.HealthCardUnlock), then => then.ThenAsync(steps.UnlockHealthCard))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.FuneralInsuranceStop), then => then.ThenAsync(steps.StopFuneralInsurance))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.FuneralProtectionStop), then => then.ThenAsync(steps.StopFuneralProtection))
            .If(x => LinkedDeathSteps.IsNext(x, StepNames.SurvivorBenefitStop), then => then.ThenAsync(steps.StopSurvivorBenefit));

    internal static EventActivityBinder<LinkedDeathState, T> EndWhenAllIsUndone<T>(
        this EventActivityBinder<LinkedDeathState, T> when, LinkedDeathProcess process, LinkedDeathSteps steps)
        where T : class =>
        when.If(LinkedDeathSteps.NothingWaits, end => end.TransitionTo(process.Revoked)).TellPortal(steps);
}
