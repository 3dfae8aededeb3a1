using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedDeath;

/// <summary>
/// Death registration, then side by side: the residence is deleted, the health card locked, the funeral allowance and the survivor benefit decided
/// (Decree 63/2024, Decree 301/2026). The citizen chooses; only the lock is never chosen and always done (Circular 30/2020/TT-BYT, article 11).
/// Registration is the legal pivot: after it a refused branch ends alone, and only the revocation of the death undoes, from wherever the dossier stands.
/// </summary>
internal sealed partial class LinkedDeathProcess : DossierProcess<LinkedDeathState>
{
    public LinkedDeathProcess(LinkedDeathSteps steps)
        : base(steps)
    {
        FindDossiers(steps);

        Initially(
            When(Submitted).Then(steps.Open).GoOn(this, steps));

        During(AtDesk,
            When(IntakeAccepted).Then(LinkedDeathSteps.RecordIntake).GoOn(this, steps),
            When(IntakeRefused).Then(LinkedDeathSteps.RecordIntakeRefusal).EndAs(Refused, steps),
            When(SupplementRequested).Then(steps.PauseIntake).TransitionTo(WaitingForSupplement).TellPortal(steps));

        During(WaitingForSupplement,
            When(SupplementSubmitted, LinkedDeathSteps.IsForIntake).Then(steps.Resume).ThenAsync(steps.RequestIntake).TransitionTo(AtDesk).TellPortal(steps),
            When(SupplementSubmitted, LinkedDeathSteps.IsForRegistration).Then(steps.Resume).ThenAsync(steps.RegisterDeath).TransitionTo(Registering).TellPortal(steps),
            // The citizen has brought it to the counter: the agency has decided without a word from the portal.
            When(IntakeAccepted, LinkedDeathSteps.IsForIntake).Then(steps.Resume).Then(LinkedDeathSteps.RecordIntake).GoOn(this, steps),
            When(IntakeRefused, LinkedDeathSteps.IsForIntake).Then(steps.Resume).Then(LinkedDeathSteps.RecordIntakeRefusal).EndAs(Refused, steps),
            When(DeathRegistered, LinkedDeathSteps.IsForRegistration).Then(steps.Resume).Then(steps.RecordRegistration).GoToBranches(this, steps),
            When(DeathRefused, LinkedDeathSteps.IsForRegistration).Then(steps.Resume).Then(LinkedDeathSteps.RecordRegistrationRefusal).EndAs(Refused, steps));

        During(Registering,
            When(DeathRegistered).Then(steps.RecordRegistration).GoToBranches(this, steps),
            When(DeathRefused).Then(LinkedDeathSteps.RecordRegistrationRefusal).EndAs(Refused, steps),
            When(SupplementRequested).Then(steps.PauseRegistration).TransitionTo(WaitingForSupplement).TellPortal(steps));

        During(Linking,
            When(ResidenceDeleted).Then(steps.RecordDeletion).EndWhenNothingWaits(this, steps),
            When(ResidenceDeletionRefused).Then(steps.RecordDeletionRefusal).EndWhenNothingWaits(this, steps),
            When(HealthCardLocked).Then(steps.RecordLock).EndWhenNothingWaits(this, steps),
            When(FuneralDecided).Then(steps.RecordFuneralDecision).AskTheOtherPayerIfNeeded(steps).EndWhenNothingWaits(this, steps),
            When(SurvivorSettled).Then(steps.RecordSurvivorBenefit).EndWhenNothingWaits(this, steps));

        During([Linking, Completed, CompletedPartly],
            When(FuneralPaid).Then(steps.RecordPayment),
            When(DeathRevoked).IfElse(LinkedDeathSteps.IsOfThisDeath,
                then => then.Then(LinkedDeathSteps.RecordRevocation).Undo(steps).TransitionTo(Revoking).EndWhenAllIsUndone(this, steps),
                orElse => orElse.Then(steps.NoteContradiction)));

        // The law knows no refusal of these: what was done because of a death that was none has to be undone.
        During(Revoking,
            When(ResidenceRestored).Then(steps.RecordRestoration).EndWhenAllIsUndone(this, steps),
            When(HealthCardUnlocked).Then(steps.RecordUnlock).EndWhenAllIsUndone(this, steps),
            When(AllowanceStopped).Then(steps.RecordStop).EndWhenAllIsUndone(this, steps));

        // Until the pivot the citizen may take it back; each wait of every state has its time.
        During([AtDesk, WaitingForSupplement, Registering],
            When(DossierWithdrawn).Then(LinkedDeathSteps.DropWhatIsOpen).EndAs(Withdrawn, steps));
        During([AtDesk, WaitingForSupplement, Registering, Linking, Revoking],
            When(DeadlineReached).Then(steps.Look).If(LinkedDeathSteps.IsNews, then => then.TellPortal(steps)));

        DecideTheRest(steps);
    }
}
