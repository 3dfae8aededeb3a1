using System.Text.Json;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Lets an agency hand out dead letters and parts of the log to its own subscriptions, see how far it is, and stop it.</summary>
internal sealed class JobDoor(
    OwnSubscriptions own, JobStore store, JobItems items, JobRanges ranges, JobForecast forecast, IEnumerable<IJobWay> ways, LogReader log, TimeProvider time, ILogger<JobDoor> logger)
{
    private const int MaxPage = 200;
    private const int ShownViolations = 100;

    internal Task<IResult> PostRedriveAsync(string name, HttpContext context) => AskAsync<RedriveRequest>(name, context, async (request, system, subscription) =>
    {
        var listed = (IReadOnlyList<DeadPlace>)[];
        if (request.Sequences is { } sequences)
        {
            listed = await items.NamedAsync(subscription.Name, [.. sequences.Distinct()], context.RequestAborted);
            var known = listed.Select(l => l.Sequence).ToHashSet();
            var unknown = sequences.Select((s, i) => (s, i)).Where(s => !known.Contains(s.s)).Select(s => DeliveryProblems.NoDeadLetter($"/sequences/{s.i}")).ToArray();
            if (unknown.Length > 0)
                return DeliveryProblems.Invalid(unknown.Length > ShownViolations ? [.. unknown.Take(ShownViolations), DeliveryProblems.TooMuchWrong(ShownViolations)] : unknown);
        }

        var now = time.GetUtcNow();
        // What dies again while the job runs is not its business: it would never come to an end.
        var before = request.Before < now ? request.Before.Value : now;
        var order = OrderOf(request, subscription, JobKind.Redrive, now) with
        {
            IsListed = request.Sequences is not null,
            Reasons = request.Reasons?.ToArray(),
            DeadBefore = before,
            ToSequence = request.Sequences?.Max() ?? (await log.NewestAsync(context.RequestAborted)).Sequence,
        };
        return await StartAsync(context, request, system, order, listed, order.IsListed ? listed.Count : await items.CountAsync(order, context.RequestAborted));
    });

    internal Task<IResult> PostReplayAsync(string name, HttpContext context) => AskAsync<ReplayRequest>(name, context, async (request, system, subscription) =>
    {
        var (from, to) = await ranges.FindAsync(subscription.Name, request, context.RequestAborted);
        var order = OrderOf(request, subscription, JobKind.Replay, time.GetUtcNow()) with { FromSequence = from, ToSequence = Math.Max(to, from - 1) };
        return await StartAsync(context, request, system, order, [], order.ToSequence - from + 1);
    });

    internal Task<IResult> GetPageAsync(string name, HttpContext context, DateTimeOffset? before = null, int limit = 50) => own.AnswerAsync(context, name, async (_, subscription) =>
        Results.Json(await store.PageAsync(subscription.Name, null, before, Math.Clamp(limit, 1, MaxPage), context.RequestAborted), SubscriptionsJson.Options));

    internal Task<IResult> GetOneAsync(string name, Guid id, HttpContext context) => own.AnswerAsync(context, name, (_, subscription) => AnswerAsync(subscription, id, context));

    internal Task<IResult> PostStepAsync(string name, Guid id, string action, HttpContext context) => AskAsync<JobStepRequest>(name, context, async (request, system, subscription) =>
    {
        var by = NameOf(system, request);
        var (found, hindering) = await store.StepAsync(subscription.Name, id, action, by, request.Reason!, context.RequestAborted);
        if (!found)
            return DeliveryProblems.UnknownJob();
        if (hindering is { } state)
            return DeliveryProblems.WrongState(JobStore.TextOf(state));
        logger.JobStepTaken(id, subscription.Name, action, system.BrokerUser);
        return await AnswerAsync(subscription, id, context);
    });

    private async Task<IResult> StartAsync(HttpContext context, JobRequest request, AgencySystem system, JobOrder order, IReadOnlyList<DeadPlace> listed, long total)
    {
        if (request.DryRun)
            return Results.Json(await forecast.OfAsync(order, listed, total, context.RequestAborted), SubscriptionsJson.Options);
        if (!await store.CreateAsync(order, [.. listed.Select(l => l.Sequence)], total, NameOf(system, request), request.Reason!, context.RequestAborted))
            return DeliveryProblems.TooMany(JobStore.MaxOpen);
        logger.JobStepTaken(order.Id, order.Subscription, "start", system.BrokerUser);
        context.Response.Headers.Location = $"/subscriptions/{order.Subscription}/jobs/{order.Id}";
        return Results.Json((await store.PageAsync(order.Subscription, order.Id, null, 1, context.RequestAborted))[0], SubscriptionsJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<IResult> AnswerAsync(Subscription subscription, Guid id, HttpContext context) =>
        await store.PageAsync(subscription.Name, id, null, 1, context.RequestAborted) is [var job] ? Results.Json(job, SubscriptionsJson.Options) : DeliveryProblems.UnknownJob();

    private Task<IResult> AskAsync<T>(string name, HttpContext context, Func<T, AgencySystem, Subscription, Task<IResult>> answer)
        where T : ReasonedRequest => own.AnswerAsync(context, name, async (system, subscription) =>
    {
        // Who asks itself has no dead letters, and reads a replay with its own questions.
        if (!ways.Any(w => w.Way == subscription.Way) && (subscription.Way != Way.Pull || typeof(T) == typeof(RedriveRequest)))
            return DeliveryProblems.WrongWay();
        T? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, SubscriptionsJson.Options, context.RequestAborted);
        }
        catch (JsonException)
        {
            return DeliveryProblems.Malformed();
        }

        if (request is null)
            return DeliveryProblems.Malformed();
        var violations = new List<Violation>();
        request.Check(violations);
        return violations.Count > 0 ? DeliveryProblems.Invalid(violations) : await answer(request, system, subscription);
    });

    private static JobOrder OrderOf(JobRequest request, Subscription subscription, JobKind kind, DateTimeOffset now) => new(
        Guid.CreateVersion7(), subscription.Name, kind, IsListed: false, Reasons: null, DeadBefore: null,
        NotBefore: request.Ceiling is { } age ? now - age : null, FromSequence: 1, ToSequence: 0, request.Rate ?? JobRequest.DefaultRate);

    private static string NameOf(AgencySystem system, ReasonedRequest request) => $"{system.BrokerUser}/{request.Officer}";
}
