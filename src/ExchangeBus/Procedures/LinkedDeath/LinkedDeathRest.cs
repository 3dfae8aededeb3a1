using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>What the registries and the branches say out of turn.</summary>
internal sealed partial class LinkedDeathProcess
{
    private void DecideTheRest(LinkedDeathSteps steps)
    {
        State[] beforePivot = [AtDesk, WaitingForSupplement, Registering];
        State[] ended = [Completed, CompletedPartly];
        State[] revoked = [Revoking, Revoked];
        State[] afterPivot = [Linking, .. ended, .. revoked];
        State[] neverRegistered = [.. beforePivot, .. Stopped];

        DecideTheRestOfTheDesk(beforePivot, afterPivot);
        Repeats(Submitted, [.. neverRegistered, .. afterPivot]);
        Contradicts(DeathRegistered, [AtDesk, .. Stopped]);
        During(WaitingForSupplement, When(DeathRegistered, LinkedDeathSteps.IsForIntake).Then(steps.NoteContradiction));
        During(afterPivot, When(DeathRegistered).Then(steps.CompareRegistration));
        Contradicts(DeathRefused, [AtDesk, .. afterPivot]);
        During(WaitingForSupplement, When(DeathRefused, LinkedDeathSteps.IsForIntake).Then(steps.NoteContradiction));
        Repeats(DeathRefused, Stopped);
        Contradicts(PersonalIdReplaced, neverRegistered);
        During(afterPivot, When(PersonalIdReplaced).Then(LinkedDeathSteps.ReplacePersonalId));
        Repeats(DeadlineReached, [.. ended, .. Stopped, Revoked]);

        // An agency has spoken of its branch before it was asked; once more when all is over; or late, when the death had been revoked.
        OutOfTurn(ResidenceDeleted, steps.RecordDeletion, steps.TakeLateDeletion);
        OutOfTurn(ResidenceDeletionRefused, steps.RecordDeletionRefusal, steps.TakeLateDeletionRefusal);
        OutOfTurn(HealthCardLocked, steps.RecordLock, steps.TakeLateLock);
        OutOfTurn(FuneralDecided, steps.RecordFuneralDecision, steps.TakeLateFuneralDecision);
        OutOfTurn(SurvivorSettled, steps.RecordSurvivorBenefit, steps.TakeLateSurvivorBenefit);
        Contradicts(FuneralPaid, neverRegistered);
        During(revoked, When(FuneralPaid).Then(steps.TakeLatePayment));

        Contradicts(DeathRevoked, neverRegistered);
        During(revoked, When(DeathRevoked).Then(steps.CompareRevocation));
        OutsideOfRevocation(ResidenceRestored, steps.RecordRestoration);
        OutsideOfRevocation(HealthCardUnlocked, steps.RecordUnlock);
        OutsideOfRevocation(AllowanceStopped, steps.RecordStop);

        void OutOfTurn<T>(Event<T> what, Action<BehaviorContext<LinkedDeathState, T>> record, Action<BehaviorContext<LinkedDeathState, T>> takeLate)
            where T : class
        {
            Contradicts(what, neverRegistered);
            During(ended, When(what).Then(record));
            During(Revoking, When(what).Then(takeLate).EndWhenAllIsUndone(this, steps));
            During(Revoked, When(what).Then(takeLate));
        }

        void OutsideOfRevocation<T>(Event<T> what, Action<BehaviorContext<LinkedDeathState, T>> record)
            where T : class
        {
            Contradicts(what, [.. neverRegistered, Linking, .. ended]);
            During(Revoked, When(what).Then(record));
        }
    }
}
