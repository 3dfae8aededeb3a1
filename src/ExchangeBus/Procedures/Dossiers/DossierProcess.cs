using System.Linq.Expressions;
using ExchangeBus.Contracts.Desk;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>The states and the events that every linked procedure has, and how an event finds its dossier.</summary>
internal abstract partial class DossierProcess<TState> : MassTransitStateMachine<TState>
    where TState : DossierState
{
    private readonly DossierSteps<TState> _steps;

    protected DossierProcess(DossierSteps<TState> steps)
    {
        _steps = steps;
        InstanceState(x => x.CurrentState);
        ConnectEventObserver(new CauseObserver<TState>());
        // MassTransit makes only the states of the last class by itself.
        State(() => AtDesk);
        State(() => WaitingForSupplement);
        State(() => Registering);
        State(() => Linking);
        State(() => Completed);
        State(() => CompletedPartly);
        State(() => Refused);
        State(() => Withdrawn);
        State(() => TakenOverByHand);
        ByNumber(() => IntakeAccepted, m => m.DossierNumber);
        ByNumber(() => IntakeRefused, m => m.DossierNumber);
        ByNumber(() => SupplementRequested, m => m.DossierNumber);
        ByNumber(() => SupplementSubmitted, m => m.DossierNumber);
        ByNumber(() => DossierWithdrawn, m => m.DossierNumber);
        ByNumber(() => DeadlineReached, m => m.DossierNumber);
        ByNumber(() => DeskActionDecided, m => m.DossierNumber);
    }

    /// <summary>The one-stop desk of the commune checks the papers.</summary>
    public State AtDesk { get; private set; } = null!;

    /// <summary>The clock stands: the citizen has to supply something.</summary>
    public State WaitingForSupplement { get; private set; } = null!;

    /// <summary>The civil-status registry has the dossier.</summary>
    public State Registering { get; private set; } = null!;

    /// <summary>The registration stands in the book; the branches run.</summary>
    public State Linking { get; private set; } = null!;

    public State Completed { get; private set; } = null!;

    public State CompletedPartly { get; private set; } = null!;

    public State Refused { get; private set; } = null!;

    public State Withdrawn { get; private set; } = null!;

    public Event<IntakeAccepted> IntakeAccepted { get; private set; } = null!;

    public Event<IntakeRefused> IntakeRefused { get; private set; } = null!;

    public Event<SupplementRequested> SupplementRequested { get; private set; } = null!;

    public Event<SupplementSubmitted> SupplementSubmitted { get; private set; } = null!;

    public Event<DossierWithdrawn> DossierWithdrawn { get; private set; } = null!;

    public Event<DeadlineReached> DeadlineReached { get; private set; } = null!;

    /// <summary>The event names its dossier; one that nobody has handed in is noted.</summary>
    protected void ByNumber<T>(Expression<Func<Event<T>>> which, Func<T, string> numberOf)
        where T : class =>
        Event(which, x =>
        {
            x.CorrelateById(m => DossierId.Of(numberOf(m.Message)));
            x.OnMissingInstance(m => m.Execute(context => _steps.NoteUnknown(context, numberOf(context.Message))));
        });
}
