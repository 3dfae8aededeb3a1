using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>
/// Birth registration, then permanent residence, the child's health-insurance card and its identity card side by side (Decree 63/2024, Decree 301/2026).
/// Registration is the legal pivot: before it a refusal ends all, after it a refused branch ends alone. Which steps there are, the citizen and the rules of the day say.
/// </summary>
internal sealed partial class LinkedBirthProcess : DossierProcess<LinkedBirthState>
{
    public LinkedBirthProcess(LinkedBirthSteps steps)
        : base(steps)
    {
        FindDossiers();

        Initially(
            When(Submitted).Then(steps.Open).GoOn(this, steps));

        During(AtDesk,
            When(IntakeAccepted).Then(LinkedBirthSteps.RecordIntake).GoOn(this, steps),
            When(IntakeRefused).Then(LinkedBirthSteps.RecordIntakeRefusal).EndAs(Refused, steps),
            When(SupplementRequested).Then(steps.PauseIntake).TransitionTo(WaitingForSupplement).TellPortal(steps));

        During(WaitingForSupplement,
            When(SupplementSubmitted, LinkedBirthSteps.IsForIntake).Then(steps.Resume).ThenAsync(steps.RequestIntake).TransitionTo(AtDesk).TellPortal(steps),
            When(SupplementSubmitted, LinkedBirthSteps.IsForRegistration).Then(steps.Resume).ThenAsync(steps.RegisterBirth).TransitionTo(Registering).TellPortal(steps),
            // The citizen has brought it to the counter: the agency has decided without a word from the portal.
            When(IntakeAccepted, LinkedBirthSteps.IsForIntake).Then(steps.Resume).Then(LinkedBirthSteps.RecordIntake).GoOn(this, steps),
            When(IntakeRefused, LinkedBirthSteps.IsForIntake).Then(steps.Resume).Then(LinkedBirthSteps.RecordIntakeRefusal).EndAs(Refused, steps),
            When(BirthRegistered, LinkedBirthSteps.IsForRegistration).Then(steps.Resume).Then(steps.RecordRegistration)
                .StartBranches(steps).TransitionTo(Linking).EndWhenNothingWaits(this, steps),
            When(BirthRefused, LinkedBirthSteps.IsForRegistration).Then(steps.Resume).Then(LinkedBirthSteps.RecordRegistrationRefusal).EndAs(Refused, steps));

        During(WaitingForConsent,
            When(ConsentAnswered).Then(LinkedBirthSteps.RecordConsent).GoOn(this, steps));

        During(Verifying,
            When(CitizenVerified).Then(steps.RecordVerification)
                .If(LinkedBirthSteps.EverybodyIsVerified, all => all.GoOn(this, steps)));

        During(Registering,
            When(BirthRegistered).Then(steps.RecordRegistration).StartBranches(steps).TransitionTo(Linking).EndWhenNothingWaits(this, steps),
            When(BirthRefused).Then(LinkedBirthSteps.RecordRegistrationRefusal).EndAs(Refused, steps),
            When(SupplementRequested).Then(steps.PauseRegistration).TransitionTo(WaitingForSupplement).TellPortal(steps));

        During(Linking,
            When(ResidenceVerificationStarted).Then(steps.GrantVerificationTime).TellPortal(steps),
            When(ResidenceRegistered).Then(steps.RecordResidence).EndWhenNothingWaits(this, steps),
            When(ResidenceRefused).Then(steps.RecordResidenceRefusal).EndWhenNothingWaits(this, steps),
            When(HealthCardIssued).Then(steps.RecordHealthCard).EndWhenNothingWaits(this, steps),
            When(HealthCardRefused).Then(steps.RecordHealthCardRefusal).EndWhenNothingWaits(this, steps),
            When(IdentityCardIssued).Then(steps.RecordIdentityCard).EndWhenNothingWaits(this, steps),
            When(IdentityCardRefused).Then(steps.RecordIdentityCardRefusal).EndWhenNothingWaits(this, steps));

        // The personal id comes when it comes, and may be replaced: whatever waits for it goes on.
        During([Registering, Linking, Completed, CompletedPartly],
            When(PersonalIdAssigned).Then(steps.RecordPersonalId)
                .If(LinkedBirthSteps.IdentityCardWaitsForId, then => then.ThenAsync(steps.IssueIdentityCard).TellPortal(steps)),
            When(PersonalIdReplaced).Then(LinkedBirthSteps.ReplacePersonalId));

        // Only a legal act changes what stands in the book. Branches that run do so on what is wrong now: an officer looks. When all is over, it is told.
        During(Linking,
            When(Corrected).Then(LinkedBirthSteps.TakeCorrection).Then(steps.RaiseCorrected).TellPortal(steps),
            When(RegistrationAnnulled).Then(LinkedBirthSteps.DropWhatIsOpen).Then(steps.RaiseAnnulled).EndAs(Annulled, steps));
        During([Completed, CompletedPartly],
            When(Corrected).Then(LinkedBirthSteps.TakeCorrection).TellPortal(steps),
            When(RegistrationAnnulled).Then(steps.RaiseAnnulled).EndAs(Annulled, steps));

        // Until the pivot the citizen may take it back; each wait of every state has its time.
        During([AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, Registering],
            When(DossierWithdrawn).Then(LinkedBirthSteps.DropWhatIsOpen).EndAs(Withdrawn, steps));
        During([AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, Registering, Linking],
            When(DeadlineReached).Then(steps.Look).If(LinkedBirthSteps.IsNews, then => then.TellPortal(steps)));

        DecideTheRest(steps);
    }
}
