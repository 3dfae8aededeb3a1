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
        Repeats(IntakeAccepted, Except(all, AtDesk, WaitingForSupplement, Refused));
        During(WaitingForSupplement, When(IntakeAccepted, LinkedBirthSteps.IsForRegistration).Then(LinkedBirthSteps.NoteRepeat));
        Contradicts(IntakeAccepted, Refused);
        Contradicts(IntakeRefused, Except(all, AtDesk, WaitingForSupplement, Refused, Withdrawn));
        During(WaitingForSupplement, When(IntakeRefused, LinkedBirthSteps.IsForRegistration).Then(steps.NoteContradiction));
        Repeats(IntakeRefused, stopped);
        Contradicts(SupplementRequested, Except(all, AtDesk, Registering, WaitingForSupplement));
        Repeats(SupplementRequested, WaitingForSupplement);
        Repeats(SupplementSubmitted, Except(all, WaitingForSupplement));
        Repeats(ConsentAnswered, Except(all, WaitingForConsent));
        Repeats(CitizenVerified, Except(all, Verifying));
        Contradicts(BirthRegistered, [AtDesk, WaitingForConsent, Verifying, .. stopped]);
        During(WaitingForSupplement, When(BirthRegistered, LinkedBirthSteps.IsForIntake).Then(steps.NoteContradiction));
        During(afterPivot, When(BirthRegistered).Then(steps.CompareRegistration));
        Contradicts(BirthRefused, [AtDesk, WaitingForConsent, Verifying, .. afterPivot]);
        During(WaitingForSupplement, When(BirthRefused, LinkedBirthSteps.IsForIntake).Then(steps.NoteContradiction));
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
