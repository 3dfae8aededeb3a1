using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>
/// What comes when it is not expected: no pair of state and event is left open. A repeat is noted; what cannot be true beside what is known goes before a person,
/// and moves nothing.
/// </summary>
internal abstract partial class DossierProcess<TState>
{
    /// <summary>Ended before the pivot, or left the bus.</summary>
    protected State[] Stopped => [Refused, Withdrawn, TakenOverByHand];

    /// <summary>Decides what the desk, the citizen and the clock say out of turn.</summary>
    /// <param name="beforePivot">States in which the registration has not been decided.</param>
    /// <param name="afterPivot">States in which only a legal act undoes it.</param>
    protected void DecideTheRestOfTheDesk(State[] beforePivot, State[] afterPivot)
    {
        State[] all = [.. beforePivot, .. afterPivot, .. Stopped];

        Repeats(IntakeAccepted, Except(all, AtDesk, WaitingForSupplement, Refused));
        During(WaitingForSupplement, When(IntakeAccepted, DossierSteps<TState>.IsForRegistration).Then(DossierSteps<TState>.NoteRepeat));
        Contradicts(IntakeAccepted, Refused);
        Contradicts(IntakeRefused, Except(all, [AtDesk, WaitingForSupplement, .. Stopped]));
        During(WaitingForSupplement, When(IntakeRefused, DossierSteps<TState>.IsForRegistration).Then(_steps.NoteContradiction));
        Repeats(IntakeRefused, Stopped);
        Contradicts(SupplementRequested, Except(all, AtDesk, Registering, WaitingForSupplement));
        Repeats(SupplementRequested, WaitingForSupplement);
        Repeats(SupplementSubmitted, Except(all, WaitingForSupplement));
        Contradicts(DossierWithdrawn, afterPivot);
        Repeats(DossierWithdrawn, Stopped);
        ObeyTheDesk(all);
    }

    protected void Repeats<T>(Event<T> what, params State[] states)
        where T : class => During(states, When(what).Then(DossierSteps<TState>.NoteRepeat));

    protected void Contradicts<T>(Event<T> what, params State[] states)
        where T : class => During(states, When(what).Then(_steps.NoteContradiction));

    protected static State[] Except(State[] all, params State[] others) => [.. all.Except(others)];
}
