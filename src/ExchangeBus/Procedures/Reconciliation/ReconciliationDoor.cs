using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Why a gap is closed.</summary>
/// <param name="Reason">3 to 1,000 characters.</param>
internal sealed record GapClosing(string? Reason = null);

/// <summary>Gaps and comparisons over HTTP, for systems through which officers work.</summary>
internal sealed class ReconciliationDoor(DeskCallers callers, GapStore store, Reconciler reconciler, IOptions<ProceduresOptions> options)
{
    private const int MaxPage = 1_000;

    internal Task<IResult> GetGapsAsync(HttpContext context, GapFilter filter, Guid? after, int limit) => callers.AnswerAsync(context, async _ =>
        Json(await store.PageAsync(filter, after, Math.Clamp(limit, 1, MaxPage), context.RequestAborted)));

    internal Task<IResult> GetCommunesAsync(HttpContext context, GapFilter filter) => callers.AnswerAsync(context, async _ => Json(await store.CountAsync(filter, context.RequestAborted)));

    internal Task<IResult> GetRunsAsync(HttpContext context, int limit) => callers.AnswerAsync(context, async _ =>
        Json(await store.RunsAsync(Math.Clamp(limit, 1, MaxPage), context.RequestAborted)));

    internal Task<IResult> PostRunAsync(HttpContext context) => callers.AnswerAsync(context, async officer =>
        !officer.Is(OfficerRole.Administrator) ? DeskProblems.Of([DeskRejections.Role("administrator")])
        : (await reconciler.RunAsync(day: null, $"{officer.Agency}/{officer.Code}", context.RequestAborted)).Run is { } run ? Json(run) : Refuse(ReconciliationRejections.Behind()));

    internal Task<IResult> PostCloseAsync(Guid id, HttpContext context) => callers.AnswerAsync(context, async officer =>
    {
        var (closing, refusal) = await RuleRequest.ReadAsync<GapClosing>(context);
        if (closing is null)
            return refusal!;
        if (!officer.Is(OfficerRole.Operator) && !officer.Is(OfficerRole.Administrator))
            return DeskProblems.Of([DeskRejections.Role("operator")]);
        if (await store.FindAsync(id, context.RequestAborted) is not { } gap)
            return Refuse(ReconciliationRejections.UnknownGap());
        if (!MayClose(officer, gap))
            return Refuse(ReconciliationRejections.Elsewhere());
        if (!StuckDesk.IsReason(closing.Reason))
            return DeskProblems.Of([DeskRejections.Reason()]);
        return await store.CloseAsync(id, officer, closing.Reason.Trim(), context.RequestAborted)
            ? Json((await store.FindAsync(id, context.RequestAborted))!)
            : Refuse(ReconciliationRejections.Closed());
    });

    private bool MayClose(Officer officer, GapView gap) => officer.Is(OfficerRole.Administrator)
        || officer.Agency == options.Value.OneStopAgency || officer.Agency == options.Value.CivilStatusAgency
        || officer.Agency == (gap.Branch is StepNames.PermanentResidence or StepNames.ResidenceDeletion ? options.Value.ResidenceAgency : options.Value.SocialInsuranceAgency);

    private static IResult Refuse(Violation violation) => DeskProblems.Of(violation, ReconciliationRejections.StatusOf(violation.Code));

    private static IResult Json<T>(T view) => Results.Json(view, SubscriptionsJson.Options);
}
