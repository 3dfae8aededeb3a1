using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Doors;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>Bulk work at the desk over HTTP: freeze a selection, look at what would happen, let another officer approve, run, watch, pause, stop.</summary>
internal sealed class BulkDoor(DeskCallers callers, BulkDesk bulk, BulkStore store)
{
    private const int MaxPage = 1_000;

    internal Task<IResult> PostAsync(HttpContext context) => callers.AnswerAsync(context, async officer =>
    {
        var (draft, refusal) = await RuleRequest.ReadAsync<BulkDraft>(context);
        if (draft is null)
            return refusal!;
        var (job, why) = await bulk.FreezeAsync(draft, officer, context.RequestAborted);
        return job is null ? DeskProblems.Of([why!]) : Json(job, StatusCodes.Status201Created);
    });

    internal Task<IResult> GetPageAsync(HttpContext context, int limit) => callers.AnswerAsync(context, async _ =>
        Json(await store.PageAsync(null, Math.Clamp(limit, 1, MaxPage), context.RequestAborted)));

    internal Task<IResult> GetOneAsync(Guid id, HttpContext context) => callers.AnswerAsync(context, async _ =>
        await store.PageAsync(id, 1, context.RequestAborted) is [var job] ? Json(job) : DeskProblems.Of([DeskRejections.UnknownJob()]));

    internal Task<IResult> GetItemsAsync(Guid id, HttpContext context, int after, string? outcome, int limit) => callers.AnswerAsync(context, async _ =>
        Json(await store.ItemsAsync(id, after, outcome, Math.Clamp(limit, 1, MaxPage), context.RequestAborted)));

    internal Task<IResult> PostStepAsync(Guid id, string action, HttpContext context) => callers.AnswerAsync(context, async officer =>
    {
        var (request, refusal) = await RuleRequest.ReadAsync<BulkStepRequest>(context);
        if (request is null)
            return refusal!;
        return await bulk.StepAsync(id, action, request.Reason, officer, context.RequestAborted) is { } why
            ? DeskProblems.Of([why])
            : Json((await store.PageAsync(id, 1, context.RequestAborted))[0]);
    });

    private static IResult Json<T>(T view, int status = StatusCodes.Status200OK) => Results.Json(view, SubscriptionsJson.Options, statusCode: status);
}
