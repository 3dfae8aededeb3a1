using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>The parts of sentences that every linked procedure repeats.</summary>
internal static class DossierPath
{
    /// <summary>Ends the dossier when no branch runs any more, completely or partly; tells the portal in any case.</summary>
    internal static EventActivityBinder<TState, T> EndWhenNothingWaits<TState, T>(
        this EventActivityBinder<TState, T> when, DossierProcess<TState> process, DossierSteps<TState> steps)
        where TState : DossierState
        where T : class =>
        when.If(DossierSteps<TState>.NothingWaits, end => end
                .IfElse(DossierSteps<TState>.EverythingChosenIsDone,
                    all => all.TransitionTo(process.Completed),
                    partly => partly.TransitionTo(process.CompletedPartly)))
            .TellPortal(steps);

    internal static EventActivityBinder<TState, T> EndAs<TState, T>(this EventActivityBinder<TState, T> when, State end, DossierSteps<TState> steps)
        where TState : DossierState
        where T : class =>
        when.TransitionTo(end).TellPortal(steps);

    internal static EventActivityBinder<TState, T> TellPortal<TState, T>(this EventActivityBinder<TState, T> when, DossierSteps<TState> steps)
        where TState : DossierState
        where T : class =>
        when.ThenAsync(steps.TellPortal);
}
