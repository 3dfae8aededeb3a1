using ExchangeBus.Agencies;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Puts together what an officer sees of one dossier.</summary>
internal sealed class DossierPages(DossierReader dossiers, KnownNumbers numbers, DeskStore store, StuckDesk desk, LegalClock clock, TimeProvider time)
{
    internal async Task<DossierView?> FindAsync(string number, Officer officer, CancellationToken cancellationToken)
    {
        if (await dossiers.FindAsync(number) is not { } dossier)
            return null;
        var (state, map) = (dossier, dossier.Procedure.Map);
        var now = time.GetUtcNow();
        var names = map.InOrder(state.Steps.Keys);
        return new DossierView(
            state.DossierNumber, state.Procedure.Name, clock.ProfileAt(state.SubmittedAt).From, state.Version, state.CurrentState, state.Commune, state.SubmittedAt,
            state.Holders.Split(',', StringSplitOptions.RemoveEmptyEntries), state.DueAt, state.IsLate,
            [.. names.Select(n => StepView.Of(n, state.Steps[n], state.Steps[n].Clock is { } account ? clock.Read(account, now) : null))],
            [.. names.Where(n => state.Steps[n].Status is StepStatus.Chosen or StepStatus.Waiting or StepStatus.Paused or StepStatus.Blocked)],
            state.Matters, await numbers.OfAsync(state.DossierNumber, cancellationToken),
            [.. (await store.OfDossierAsync(state.DossierNumber, cancellationToken)).Select(DeskRequestView.Of)],
            [.. ActionsOf(dossier, officer)]);
    }

    /// <summary>Every action that makes sense for any dossier of the procedure; those that are off say why.</summary>
    internal IEnumerable<ActionView> ActionsOf(DossierState dossier, Officer officer)
    {
        var (state, map) = (dossier, dossier.Procedure.Map);
        var closed = !officer.Is(OfficerRole.Operator) && !officer.Is(OfficerRole.Administrator) ? DeskRejections.Role("operator") : !desk.MayAct(officer, state) ? DeskRejections.Elsewhere() : null;
        foreach (var step in map.InOrder(state.Steps.Keys))
        {
            foreach (var action in new[] { DeskAction.Resend, DeskAction.Reask }.Where(_ => map.Commands.ContainsKey(step)))
                yield return Button(action, step);
            yield return Button(DeskAction.Extend, step);
            if (map.Answers.ContainsKey(step))
                yield return Button(DeskAction.Enter, step);
            foreach (var action in new[] { DeskAction.Skip, DeskAction.Reenter }.Where(_ => map.OptionalBranches.Contains(step)))
                yield return Button(action, step);
        }

        foreach (var matter in state.Matters)
            yield return Button(DeskAction.Settle, matter.Step, matter.Code);
        yield return Button(DeskAction.Withdraw, step: null);
        yield return Button(DeskAction.TakeOver, step: null);

        ActionView Button(DeskAction action, string? step, string? matter = null)
        {
            var off = closed ?? DeskRules.JudgeButton(state, action, step, matter);
            return new ActionView(action, step, matter, off is null, DeskRules.NeedsSecondOfficer(action), off);
        }
    }
}
