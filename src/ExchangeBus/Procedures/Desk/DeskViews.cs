using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Desk;

/// <summary>A dossier as an officer sees it; nothing personal.</summary>
/// <param name="DossierNumber">Its number at the portal.</param>
/// <param name="Procedure"><c>linkedbirth</c> or <c>linkeddeath</c>.</param>
/// <param name="Law">First day of the rules that it began under.</param>
/// <param name="Version">To be sent back with an action.</param>
/// <param name="State">State of the procedure.</param>
/// <param name="Commune">Commune that registers.</param>
/// <param name="SubmittedAt">When the citizen handed it in.</param>
/// <param name="Holders">Who holds it now.</param>
/// <param name="DueAt">The nearest deadline; null at the end.</param>
/// <param name="IsLate">True when a deadline has passed that it still waits for.</param>
/// <param name="Steps">Its steps, in the order of the procedure.</param>
/// <param name="Remaining">Names of the steps that are still to come or under way.</param>
/// <param name="Matters">What only a person can settle.</param>
/// <param name="Numbers">By which other systems know it.</param>
/// <param name="Requests">What officers have asked for.</param>
/// <param name="Actions">What the officer can do, and why not.</param>
internal sealed record DossierView(
    string DossierNumber, string Procedure, DateOnly Law, int Version, string State, string Commune, DateTimeOffset SubmittedAt, IReadOnlyList<string> Holders, DateTimeOffset? DueAt, bool IsLate,
    IReadOnlyList<StepView> Steps, IReadOnlyList<string> Remaining, IReadOnlyList<Matter> Matters, IReadOnlyList<DossierNumber> Numbers, IReadOnlyList<DeskRequestView> Requests,
    IReadOnlyList<ActionView> Actions);

/// <summary>A step with the account of its time.</summary>
internal sealed record StepView(
    string Name, StepStatus Status, string? Agency, int Asked, string? Outcome, DateTimeOffset? ReceivedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt, bool IsLate,
    TimeSpan? Remaining, bool IsEstimate, IReadOnlyList<Holding> Holders, IReadOnlyList<Pause> Pauses, IReadOnlyList<Extension> Extensions, IReadOnlyList<Lateness> Lateness)
{
    internal static StepView Of(string name, Step step, ClockReading? reading) => new(
        name, step.Status, step.Agency, step.Asked, step.Outcome, step.Clock?.ReceivedAt, reading?.ExpectedDueAt, step.Clock?.EndedAt, step.IsLate || reading is { IsLate: true },
        reading?.Remaining, reading is { IsEstimate: true }, step.Clock?.Holders ?? [], step.Clock?.Pauses ?? [], step.Clock?.Extensions ?? [], reading?.Lateness ?? []);
}

/// <summary>A button.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Step">To which step; null for the whole dossier.</param>
/// <param name="Matter">To which matter.</param>
/// <param name="IsOn">Whether it can be pressed.</param>
/// <param name="NeedsSecondOfficer">Whether another officer has to approve.</param>
/// <param name="OffBecause">Why it is off.</param>
internal sealed record ActionView(DeskAction Action, string? Step, string? Matter, bool IsOn, bool NeedsSecondOfficer, Violation? OffBecause);

/// <summary>A request as officers see it; what was entered by hand is not in it.</summary>
internal sealed record DeskRequestView(
    Guid Id, string DossierNumber, DeskAction Action, string? Step, string? Matter, int? WorkingDays, int? Hours, string? ResultType, string? DocumentHash, string Agency, string Officer,
    string? Reason, DeskRequestState State, string? RefusedBecause, DateTimeOffset RequestedAt, DateTimeOffset? DecidedAt, string? DecidedAgency, string? DecidedBy, string? DecisionReason)
{
    internal static DeskRequestView Of(DeskRequest r) => new(
        r.Id, r.DossierNumber, r.Order.Action, r.Order.Step, r.Order.Matter, r.Order.WorkingDays, r.Order.Hours, r.Order.Result?.Type, r.Order.Result?.DocumentHash, r.Agency, r.Officer,
        r.Order.Reason, r.State, r.RefusedBecause, r.RequestedAt, r.DecidedAt, r.DecidedAgency, r.DecidedBy, r.DecisionReason);
}

/// <summary>Answer to a request or a decision.</summary>
/// <param name="Request">The request.</param>
/// <param name="Version">Version of the dossier after it; null while the procedure has not taken it, or a second officer has to decide.</param>
internal sealed record DeskAnswerView(DeskRequestView Request, int? Version);

/// <summary>The second officer's decision.</summary>
/// <param name="Approve">True to carry it out.</param>
/// <param name="Version">Version of the dossier that the officer sees.</param>
/// <param name="Reason">Why, 3 to 1,000 characters.</param>
internal sealed record DeskDecision(bool Approve, int Version, string? Reason = null);
