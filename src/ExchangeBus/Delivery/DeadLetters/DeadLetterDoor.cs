using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Shows an agency the dead letters of its subscriptions.</summary>
internal sealed class DeadLetterDoor(OwnSubscriptions own, DeadLetterPages pages)
{
    private const int MaxPage = 500;

    internal Task<IResult> GetPageAsync(string name, HttpContext context, long after = 0, int limit = 100) => own.AnswerAsync(context, name, async (_, subscription) =>
        Results.Json(await pages.PageAsync(subscription.Name, after, Math.Clamp(limit, 1, MaxPage), context.RequestAborted), SubscriptionsJson.Options));

    internal Task<IResult> GetOneAsync(string name, long sequence, HttpContext context) => own.AnswerAsync(context, name, async (_, subscription) =>
        await pages.FindAsync(subscription.Name, sequence, context.RequestAborted) is { } found ? Results.Json(found, SubscriptionsJson.Options) : DeliveryProblems.UnknownDeadLetter());
}
