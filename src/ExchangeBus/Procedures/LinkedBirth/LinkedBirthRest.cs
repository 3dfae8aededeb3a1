using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>
/// What comes when it is not expected: no pair of state and event is left open. A repeat is noted; what cannot be true beside what is known goes before a person,
/// and moves nothing.
/// </summary>
internal sealed partial class LinkedBirthProcess
{
    private void DecideTheRest(LinkedBirthSteps steps)
    {
        State[] beforePivot = [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, Registering];
        State[] afterPivot = [Linking, Completed, CompletedPartly];
        State[] stopped = [Refused, Withdrawn];
        State[] all = [.. beforePivot, .. afterPivot, .. stopped];

        Repeats(Submitted, all);
        Repeats(IntakeAccepted, Except(all, AtDesk, Refused));
        Contradicts(IntakeAccepted, Refused);
        Contradicts(IntakeRefused, Except(all, AtDesk, Refused, Withdrawn));
        Repeats(IntakeRefused, stopped);
        Contradicts(SupplementRequested, Except(all, AtDesk, Registering, WaitingForSupplement));
        Repeats(SupplementRequested, WaitingForSupplement);
        Repeats(SupplementSubmitted, Except(all, WaitingForSupplement));
        Repeats(ConsentAnswered, Except(all, WaitingForConsent));
        Repeats(CitizenVerified, Except(all, Verifying));
        Contradicts(BirthRegistered, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, .. stopped]);
        During(afterPivot, When(BirthRegistered).Then(steps.CompareRegistration));
        Contradicts(BirthRefused, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, .. afterPivot]);
        Repeats(BirthRefused, stopped);
        // The pivot has been: only a legal act undoes it.
        Contradicts(DossierWithdrawn, afterPivot);
        Repeats(DossierWithdrawn, stopped);
        Contradicts(PersonalIdAssigned, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, .. stopped]);
        Contradicts(PersonalIdReplaced, [AtDesk, WaitingForSupplement, WaitingForConsent, Verifying, .. stopped]);
        Contradicts(ResidenceVerificationStarted, [.. beforePivot, .. stopped]);
        Repeats(ResidenceVerificationStarted, Completed, CompletedPartly);
        Repeats(DeadlineReached, Completed, CompletedPartly, Refused, Withdrawn);

        AfterTheEnd(ResidenceRegistered, steps.CompareResidence);
        AfterTheEnd(ResidenceRefused, steps.CompareResidence);
        AfterTheEnd(HealthCardIssued, steps.CompareHealthCard);
        AfterTheEnd(HealthCardRefused, steps.CompareHealthCard);
        AfterTheEnd(IdentityCardIssued, steps.CompareIdentityCard);
        AfterTheEnd(IdentityCardRefused, steps.CompareIdentityCard);

        // People have taken it over: they read in the history what has come.
        Repeats(Submitted, TakenOverByHand);
        Repeats(IntakeAccepted, TakenOverByHand);
        Repeats(IntakeRefused, TakenOverByHand);
        Repeats(SupplementRequested, TakenOverByHand);
        Repeats(SupplementSubmitted, TakenOverByHand);
        Repeats(DossierWithdrawn, TakenOverByHand);
        Repeats(ConsentAnswered, TakenOverByHand);
        Repeats(CitizenVerified, TakenOverByHand);
        Repeats(BirthRegistered, TakenOverByHand);
        Repeats(BirthRefused, TakenOverByHand);
        Repeats(ResidenceVerificationStarted, TakenOverByHand);
        Repeats(ResidenceRegistered, TakenOverByHand);
        Repeats(ResidenceRefused, TakenOverByHand);
        Repeats(HealthCardIssued, TakenOverByHand);
        Repeats(HealthCardRefused, TakenOverByHand);
        Repeats(IdentityCardIssued, TakenOverByHand);
        Repeats(IdentityCardRefused, TakenOverByHand);
        Repeats(PersonalIdAssigned, TakenOverByHand);
        Repeats(PersonalIdReplaced, TakenOverByHand);
        Repeats(DeadlineReached, TakenOverByHand);

        void Repeats<T>(Event<T> what, params State[] states)
            where T : class => During(states, When(what).Then(LinkedBirthSteps.NoteRepeat));

        void Contradicts<T>(Event<T> what, params State[] states)
            where T : class => During(states, When(what).Then(steps.NoteContradiction));

        // An agency has spoken of its branch before it was asked, or once more when all is over.
        void AfterTheEnd<T>(Event<T> what, Action<BehaviorContext<LinkedBirthState, T>> compare)
            where T : class
        {
            Contradicts(what, [.. beforePivot, .. stopped]);
            During([Completed, CompletedPartly], When(what).Then(compare));
        }
    }

    private static State[] Except(State[] all, params State[] others) => [.. all.Except(others)];
}
