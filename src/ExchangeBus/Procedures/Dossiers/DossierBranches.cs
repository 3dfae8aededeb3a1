using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>How any branch ends, alone; and what is made of a word that comes when it has ended.</summary>
internal abstract partial class DossierSteps<TState>
{
    internal static bool NothingWaits(BehaviorContext<TState> context) => !context.Saga.Steps.Values.Any(s => s.Runs);

    internal static bool EverythingChosenIsDone(BehaviorContext<TState> context) => context.Saga.Steps.Values.All(s => s.Status == StepStatus.Done);

    /// <summary>Ends a branch that runs; of one that does not, the word is compared with what is known.</summary>
    protected void EndBranch(BehaviorContext<TState> context, string step, StepStatus status, string? outcome)
    {
        if (context.Saga.Steps.TryGetValue(step, out var branch) && branch.Runs)
            DossierWork.End(context.Saga, step, status, outcome);
        else
            CompareBranch(context, step, status, outcome);
    }

    /// <summary>What is known already is a repeat; anything else contradicts it.</summary>
    protected void CompareBranch(BehaviorContext<TState> context, string step, StepStatus status, string? outcome) =>
        NoteUnlessSame(context, context.Saga.Steps.TryGetValue(step, out var branch) && branch.Status == status && branch.Outcome == outcome);

    protected void NoteUnlessSame(BehaviorContext<TState> context, bool isSame)
    {
        if (isSame)
            NoteRepeat(context);
        else
            NoteContradiction(context);
    }
}
