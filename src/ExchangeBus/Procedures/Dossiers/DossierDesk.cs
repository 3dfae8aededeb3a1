using ExchangeBus.Contracts.Desk;
using ExchangeBus.Procedures.Desk;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What officers decide at the stuck desk.</summary>
internal abstract partial class DossierProcess<TState>
{
    /// <summary>It goes on outside the bus.</summary>
    public State TakenOverByHand { get; private set; } = null!;

    public Event<DeskActionDecided> DeskActionDecided { get; private set; } = null!;

    /// <summary>Does what was decided, in any state: the rules of the desk say whether it still may, and a dossier that has moved on does nothing.</summary>
    protected void ObeyTheDesk(params State[] states) => During(states,
        When(DeskActionDecided).Then(DossierSteps<TState>.Judge)
            .If(Takes(DeskAction.Reask), then => then.ThenAsync(_steps.AskAgain).EndWhenNothingWaits(this, _steps))
            .If(Takes(DeskAction.Extend), then => then.Then(_steps.Extend).TellPortal(_steps))
            .If(Takes(DeskAction.Settle), then => then.Then(DossierSteps<TState>.Settle))
            .If(Takes(DeskAction.Skip), then => then.Then(DossierSteps<TState>.Skip).EndWhenNothingWaits(this, _steps))
            .If(Takes(DeskAction.Reenter), then => then.Then(DossierSteps<TState>.PutBack).ThenAsync(_steps.AskAgain).TransitionTo(Linking).EndWhenNothingWaits(this, _steps))
            .If(Takes(DeskAction.TakeOver), then => then.Then(DossierSteps<TState>.DropWhatIsOpen).EndAs(TakenOverByHand, _steps)));

    // What was judged and what the event says: neither changes while the sentence runs.
    private static StateMachineCondition<TState, DeskActionDecided> Takes(DeskAction action) =>
        context => DossierSteps<TState>.IsNews(context) && DossierSteps<TState>.OrderOf(context.Message).Action == action;
}
