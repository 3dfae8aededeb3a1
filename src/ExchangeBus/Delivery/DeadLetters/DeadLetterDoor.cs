using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Shows an agency the dead letters of its subscriptions, and lets it discard those that nobody needs.</summary>
internal sealed class DeadLetterDoor(OwnSubscriptions own, DeadLetterPages pages, DeadLetterDiscards discards, JobItems items, ILogger<DeadLetterDoor> logger)
{
    private const int MaxPage = 500;

    internal Task<IResult> GetPageAsync(string name, HttpContext context, long after = 0, int limit = 100, bool discarded = false) => own.AnswerAsync(context, name, async (_, subscription) =>
        Results.Json(await pages.PageAsync(subscription.Name, discarded, after, Math.Clamp(limit, 1, MaxPage), context.RequestAborted), SubscriptionsJson.Options));

    internal Task<IResult> GetOneAsync(string name, long sequence, HttpContext context) => own.AnswerAsync(context, name, async (_, subscription) =>
        await pages.FindAsync(subscription.Name, sequence, context.RequestAborted) is { } found ? Results.Json(found, SubscriptionsJson.Options) : DeliveryProblems.UnknownDeadLetter());

    internal Task<IResult> PostDiscardAsync(string name, HttpContext context) => own.AnswerAsync(context, name, async (system, subscription) =>
    {
        DiscardRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<DiscardRequest>(context.Request.Body, SubscriptionsJson.Options, context.RequestAborted);
        }
        catch (JsonException)
        {
            return DeliveryProblems.Malformed();
        }

        if (request is null)
            return DeliveryProblems.Malformed();
        var violations = new List<Violation>();
        request.Check(violations);
        if (violations.Count == 0 && request.Sequences is { } sequences)
        {
            var known = (await items.NamedAsync(subscription.Name, [.. sequences.Distinct()], context.RequestAborted)).Select(d => d.Sequence).ToHashSet();
            if (sequences.Index().FirstOrDefault(s => !known.Contains(s.Item), (-1, 0)) is ( >= 0 and var first, _))
                violations.Add(DeliveryProblems.NoDeadLetter($"/sequences/{first}"));
        }

        if (violations.Count > 0)
            return DeliveryProblems.Invalid(violations);
        var count = await discards.DiscardAsync(subscription.Name, request, $"{system.BrokerUser}/{request.Officer}", context.RequestAborted);
        logger.DeadLettersDiscarded(count, subscription.Name, system.BrokerUser);
        return Results.Json(new DiscardResult(count), SubscriptionsJson.Options);
    });
}
