using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.Timeline;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Doors;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Procedures.Desk;

/// <summary>The stuck desk over HTTP, for systems through which officers work.</summary>
internal sealed class DeskDoor(DeskCallers callers, StuckDesk desk, DossierReader dossiers, DossierPages pages, DossierTimeline timeline, DeskStore store)
{
    private const int MaxPage = 500;

    internal Task<IResult> GetDossierAsync(string number, HttpContext context) => callers.AnswerAsync(context, async officer =>
        await pages.FindAsync(number, officer, context.RequestAborted) is { } view ? Json(view) : DeskProblems.Of([DeskRejections.UnknownDossier()]));

    internal Task<IResult> GetTimelineAsync(string number, HttpContext context) => callers.AnswerAsync(context, async _ =>
        await dossiers.FindAsync(number) is { } found ? Json(await timeline.OfAsync(number, found.Procedure.Name, context.RequestAborted)) : DeskProblems.Of([DeskRejections.UnknownDossier()]));

    internal Task<IResult> PostActionAsync(string number, HttpContext context) => callers.AnswerAsync(context, async officer =>
    {
        var (order, refusal) = await RuleRequest.ReadAsync<DeskOrder>(context);
        return order is null ? refusal! : Answer(await desk.RequestAsync(number, order, officer, context.RequestAborted));
    });

    internal Task<IResult> GetWaitingAsync(HttpContext context, int limit) => callers.AnswerAsync(context, async _ =>
        Json((await store.WaitingAsync(Math.Clamp(limit, 1, MaxPage), context.RequestAborted)).Select(DeskRequestView.Of)));

    internal Task<IResult> PostDecisionAsync(Guid id, HttpContext context) => callers.AnswerAsync(context, async officer =>
    {
        var (decision, refusal) = await RuleRequest.ReadAsync<DeskDecision>(context);
        return decision is null ? refusal! : Answer(await desk.DecideAsync(id, decision.Approve, decision.Version, decision.Reason, officer, context.RequestAborted));
    });

    private static IResult Answer(DeskAnswer answer) => answer.Violations.Count > 0
        ? DeskProblems.Of(answer.Violations, answer.Request?.Id)
        : Json(new DeskAnswerView(DeskRequestView.Of(answer.Request!), answer.Version), answer.Version is null ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);

    private static IResult Json<T>(T view, int status = StatusCodes.Status200OK) => Results.Json(view, SubscriptionsJson.Options, statusCode: status);
}
