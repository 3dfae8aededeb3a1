using ExchangeBus.Contracts.Desk;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Desk;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What the sentences of the stuck desk do.</summary>
internal abstract partial class DossierSteps<TState>
{
    /// <summary>Turns to the agency of a step once more.</summary>
    protected abstract Task AskAgain(BehaviorContext<TState> context, string step);

    /// <summary>Notes why it is not possible any more, when it is not.</summary>
    internal static void Judge(BehaviorContext<TState, DeskActionDecided> context)
    {
        // A portal may have given one number to a birth and to a death.
        if (context.Message.Procedure != context.Saga.Procedure.Name)
            NoteRepeat(context);
        else if (DeskRules.JudgeTurn(context.Saga, OrderOf(context.Message)) is { } refusal)
            context.Saga.Cause = context.Saga.Cause with { Note = refusal.Code };
    }

    internal static DeskOrder OrderOf(DeskActionDecided decided) => new()
    {
        Action = Enum.Parse<DeskAction>(decided.Action, ignoreCase: true),
        Version = decided.Version,
        Step = decided.Step,
        Matter = decided.Matter,
        WorkingDays = decided.WorkingDays,
        Hours = decided.Hours,
    };

    internal Task AskAgain(BehaviorContext<TState, DeskActionDecided> context)
    {
        context.Saga.Matters.RemoveAll(m => m.Step == context.Message.Step);
        return AskAgain(context, context.Message.Step!);
    }

    internal void Extend(BehaviorContext<TState, DeskActionDecided> context)
    {
        var decided = context.Message;
        work.Extend(context.Saga, decided.Step!, decided.WorkingDays is { } days ? TimeLimit.Days(days) : TimeLimit.Plain(TimeSpan.FromHours(decided.Hours!.Value)), decided.Reason);
    }

    internal static void Settle(BehaviorContext<TState, DeskActionDecided> context) =>
        context.Saga.Matters.RemoveAll(m => m.Code == context.Message.Matter && m.Step == context.Message.Step);

    internal static void Skip(BehaviorContext<TState, DeskActionDecided> context) => DossierWork.End(context.Saga, context.Message.Step!, StepStatus.Dropped, "skipped");

    /// <summary>The branch begins anew, with an account of its own.</summary>
    internal static void PutBack(BehaviorContext<TState, DeskActionDecided> context) => context.Saga.Steps[context.Message.Step!] = new Step { Status = StepStatus.Chosen };
}
