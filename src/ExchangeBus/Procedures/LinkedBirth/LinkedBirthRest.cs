using ExchangeBus.Procedures.Dossiers;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the registries and the branches say out of turn.</summary>
internal sealed partial class LinkedBirthProcess
{
    private void DecideTheRest(LinkedBirthSteps steps)
    {
        State[] beforePivot = [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, Registering];
        State[] afterPivot = [Linking, Completed, CompletedPartly, Annulled];
        State[] all = [.. beforePivot, .. afterPivot, .. Stopped];

        DecideTheRestOfTheDesk(beforePivot, afterPivot);
        Repeats(Submitted, all);
        Repeats(ConsentAnswered, Except(all, WaitingForConsent));
        Repeats(CitizenVerified, Except(all, Verifying));
        Contradicts(BirthRegistered, [AtDesk, WaitingForConsent, Verifying, .. Stopped]);
        During(WaitingForSupplement, When(BirthRegistered, LinkedBirthSteps.IsForIntake).Then(steps.NoteContradiction));
        During(afterPivot, When(BirthRegistered).Then(steps.CompareRegistration)
            .If(LinkedBirthSteps.IdentityCardWaitsForId, then => then.ThenAsync(steps.IssueIdentityCard).TellPortal(steps)));
        Contradicts(BirthRefused, [AtDesk, WaitingForConsent, Verifying, .. afterPivot]);
        During(WaitingForSupplement, When(BirthRefused, LinkedBirthSteps.IsForIntake).Then(steps.NoteContradiction));
        Repeats(BirthRefused, Stopped);
        Contradicts(PersonalIdAssigned, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, Annulled, .. Stopped]);
        Contradicts(PersonalIdReplaced, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, .. Stopped]);
        During(Annulled, When(PersonalIdReplaced).Then(LinkedBirthSteps.ReplacePersonalId));
        // Nothing of a dossier stands in the book before; of one that has left the bus it does.
        Contradicts(Corrected, [.. beforePivot, Refused, Withdrawn, Annulled]);
        Contradicts(RegistrationAnnulled, [.. beforePivot, Refused, Withdrawn]);
        Repeats(RegistrationAnnulled, Annulled);
        During(TakenOverByHand,
            When(Corrected).Then(LinkedBirthSteps.TakeCorrection),
            When(RegistrationAnnulled).Then(steps.RaiseAnnulled));
        Contradicts(ResidenceVerificationStarted, [.. beforePivot, .. Stopped]);
        Repeats(ResidenceVerificationStarted, Completed, CompletedPartly, Annulled);
        Repeats(DeadlineReached, [Completed, CompletedPartly, Annulled, .. Stopped]);

        AfterTheEnd(ResidenceRegistered, steps.CompareResidence);
        AfterTheEnd(ResidenceRefused, steps.CompareResidence);
        AfterTheEnd(HealthCardIssued, steps.CompareHealthCard);
        AfterTheEnd(HealthCardRefused, steps.CompareHealthCard);
        AfterTheEnd(IdentityCardIssued, steps.CompareIdentityCard);
        AfterTheEnd(IdentityCardRefused, steps.CompareIdentityCard);

        // An agency has spoken of its branch before it was asked, or once more when all is over.
        void AfterTheEnd<T>(Event<T> what, Action<BehaviorContext<LinkedBirthState, T>> compare)
            where T : class
        {
            Contradicts(what, [.. beforePivot, .. Stopped]);
            During([Completed, CompletedPartly, Annulled], When(what).Then(compare));
        }
    }
}
