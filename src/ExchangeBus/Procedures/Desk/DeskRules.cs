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
    internal static Violation? JudgeButton(DossierState dossier, DeskAction action, string? step, string? matter = null) => action switch
    {
        DeskAction.Resend or DeskAction.Reask => OfAsking(dossier, step),
        DeskAction.Extend => OfRunning(dossier, step),
        DeskAction.Skip => OfSkipping(dossier, step),
        DeskAction.Enter => OfEntering(dossier, step),
        DeskAction.Reenter => OfReentering(dossier, step),
        DeskAction.Withdraw => dossier.RegistrationKey is not null ? DeskRejections.Registered() : OfOpen(dossier),
        DeskAction.TakeOver => OfOpen(dossier),
        _ => !dossier.Matters.Exists(m => m.Code == matter && m.Step == step) ? DeskRejections.NoMatter()
            // Closing it would leave a step that nobody moves and nobody is told of.
            : Find(dossier, step) is { Status: StepStatus.Blocked } ? DeskRejections.Blocks() : null,
    };

    /// <summary>Null when the dossier allows the action with all that the officer has filled in.</summary>
    internal static Violation? Judge(DossierState dossier, DeskOrder order) => JudgeTurn(dossier, order) ?? order.Action switch
    {
        DeskAction.Enter => OfResult(dossier.Procedure.Map.Answers[order.Step!], order.Result),
        DeskAction.Withdraw or DeskAction.TakeOver when !IsHash(order.Result?.DocumentHash) => DeskRejections.NoDocument(),
        _ => null,
    };

    /// <summary>Null when the action is still possible now that its turn has come.</summary>
    internal static Violation? JudgeTurn(DossierState dossier, DeskOrder order) =>
        order.Version != dossier.Version ? DeskRejections.Stale()
        : JudgeButton(dossier, order.Action, order.Step, order.Matter)
          ?? (order.Action == DeskAction.Extend ? OfExtension(dossier.Steps[order.Step!].Clock!.Limit, order) : null);

    private static Violation? OfOpen(DossierState dossier) => dossier.Procedure.Map.Ends.Contains(dossier.CurrentState) ? DeskRejections.Over() : null;

    private static Violation? OfRunning(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : found is { Runs: true, Clock: not null } ? null : DeskRejections.NotRunning();

    private static Violation? OfAsking(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : found is not { Runs: true, Agency: not null } ? DeskRejections.NotRunning()
        // Nobody was asked for the card itself: it waits for the child's number.
        : step == StepNames.IdentityCard && found.Status == StepStatus.Blocked ? DeskRejections.WaitsForId() : null;

    private static Violation? OfSkipping(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : !dossier.Procedure.Map.OptionalBranches.Contains(step!) ? DeskRejections.Mandatory()
        : OfOpen(dossier) ?? (found.Runs || found.Status == StepStatus.Chosen ? null : DeskRejections.NotRunning());

    private static Violation? OfEntering(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found || !dossier.Procedure.Map.Answers.ContainsKey(step!) ? DeskRejections.NoStep()
        : found.Runs ? null : DeskRejections.NotRunning();

    private static Violation? OfReentering(DossierState dossier, string? step) =>
        Find(dossier, step) is not { } found ? DeskRejections.NoStep()
        : !dossier.Procedure.Map.OptionalBranches.Contains(step!) ? DeskRejections.Mandatory()
        : !dossier.Procedure.Map.MayBeginAgain.Contains(dossier.CurrentState) ? DeskRejections.NotRegistered()
        : found.Outcome is { } outcome && dossier.Procedure.Map.NeverClaimed.Contains(outcome) ? DeskRejections.NotClaimed()
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
