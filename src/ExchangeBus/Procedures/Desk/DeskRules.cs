using System.Text.RegularExpressions;
using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Desk;

/// <summary>
/// Which action a dossier allows, and if not, why. The same rule draws the buttons, answers the request and, when the request's turn in the log has come, decides
/// once more.
/// </summary>
internal static partial class DeskRules
{
    private const int MaxWorkingDays = 60;
    private const int MaxHours = 720;

    /// <summary>
    /// What changes a legal result needs a second officer: an answer entered by hand, a chosen branch left out, a withdrawal, a dossier that leaves the bus.
    /// </summary>
    internal static bool NeedsSecondOfficer(DeskAction action) => action is DeskAction.Enter or DeskAction.Skip or DeskAction.Withdraw or DeskAction.TakeOver;

    /// <summary>Null when the dossier allows the action as such; what the officer has still to fill in is judged by <see cref="Judge"/>.</summary>
    internal static Violation? JudgeButton(DossierState dossier, ProcedureMap map, DeskAction action, string? step, string? matter = null) => action switch
    {
        DeskAction.Resend or DeskAction.Reask => OfAsking(dossier, step),
        DeskAction.Extend => OfRunning(dossier, step),
        DeskAction.Skip => OfSkipping(dossier, map, step),
        DeskAction.Enter => OfEntering(dossier, map, step),
        DeskAction.Reenter => OfReentering(dossier, map, step),
        DeskAction.Withdraw => dossier.RegistrationKey is not null ? DeskRejections.Registered() : OfOpen(dossier, map),
        DeskAction.TakeOver => OfOpen(dossier, map),
        _ => !dossier.Matters.Exists(m => m.Code == matter && m.Step == step) ? DeskRejections.NoMatter()
            // Closing it would leave a step that nobody moves and nobody is told of.
            : Find(dossier, step) is { Status: StepStatus.Blocked } ? DeskRejections.Blocks() : null,
    };

    /// <summary>Null when the dossier allows the action with all that the officer has filled in.</summary>
    internal static Violation? Judge(DossierState dossier, ProcedureMap map, DeskOrder order) => JudgeTurn(dossier, map, order) ?? order.Action switch
    {
        DeskAction.Enter => OfResult(map.Answers[order.Step!], order.Result),
        DeskAction.Withdraw or DeskAction.TakeOver when !IsHash(order.Result?.DocumentHash) => DeskRejections.NoDocument(),
        _ => null,
    };

    /// <summary>Null when the action is still possible now that its turn has come.</summary>
    internal static Violation? JudgeTurn(DossierState dossier, ProcedureMap map, DeskOrder order) =>
        order.Version != dossier.Version ? DeskRejections.Stale()
        : JudgeButton(dossier, map, order.Action, order.Step, order.Matter)
          ?? (order.Action == DeskAction.Extend ? OfExtension(dossier.Steps[order.Step!].Clock!.Limit, order) : null);

    private static Violation? OfOpen(DossierState dossier, ProcedureMap map) => map.Ends.Contains(dossier.CurrentState) ? DeskRejections.Over() : null;

    private static Violation? OfRunning(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : found is { Runs: true, Clock: not null } ? null : DeskRejections.NotRunning();

    private static Violation? OfAsking(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : found is not { Runs: true, Agency: not null } ? DeskRejections.NotRunning()
        // Nobody was asked for the card itself: it waits for the child's number.
        : step == StepNames.IdentityCard && found.Status == StepStatus.Blocked ? DeskRejections.WaitsForId() : null;

    private static Violation? OfSkipping(DossierState dossier, ProcedureMap map, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : !map.OptionalBranches.Contains(step!) ? DeskRejections.Mandatory()
        : OfOpen(dossier, map) ?? (found.Runs || found.Status == StepStatus.Chosen ? null : DeskRejections.NotRunning());

    private static Violation? OfEntering(DossierState dossier, ProcedureMap map, string? step) =>
        Find(dossier, step) is not { } found || !map.Answers.ContainsKey(step!) ? DeskRejections.NoStep()
        : found.Runs ? null : DeskRejections.NotRunning();

    private static Violation? OfReentering(DossierState dossier, ProcedureMap map, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : !map.OptionalBranches.Contains(step!) ? DeskRejections.Mandatory()
        : dossier.RegistrationKey is null || (map.Ends.Contains(dossier.CurrentState) && !map.EndsAfterPivot.Contains(dossier.CurrentState)) ? DeskRejections.NotRegistered()
        : found.Status is StepStatus.Refused or StepStatus.Dropped ? null : DeskRejections.NotEnded();

    private static Violation? OfExtension(TimeLimit limit, DeskOrder order) => limit.Elapsed is null
        ? order is { WorkingDays: >= 1 and <= MaxWorkingDays, Hours: null } ? null : DeskRejections.WorkingDays(MaxWorkingDays)
        : order is { Hours: >= 1 and <= MaxHours, WorkingDays: null } ? null : DeskRejections.Hours(MaxHours);

    private static Violation? OfResult(IReadOnlyList<string> answers, EnteredResult? result) =>
        result?.Type is not { } type || result.Data is null || !answers.Contains(type) ? DeskRejections.Answer(answers)
        : IsHash(result.DocumentHash) ? null : DeskRejections.NoDocument();

    private static Step? Find(DossierState dossier, string? step) => step is null ? null : dossier.Steps.GetValueOrDefault(step);

    private static bool IsHash(string? hash) => hash is not null && HashForm().IsMatch(hash);

    [GeneratedRegex("^sha256:[0-9a-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex HashForm();
}
