using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Delivery.Pull;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Balance;

/// <summary><c>GET /subscriptions/{name}/balance</c> for its agency; <c>GET /balance</c>: of the whole bus for reviewers, of its own for an agency.</summary>
internal sealed class BalanceDoor(CallerAuthentication callers, DeliveryBalances balances)
{
    internal async Task<IResult> GetOneAsync(string name, HttpContext context)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        return await balances.ReadAsync(system.Agency, name, context.RequestAborted) is [var balance]
            ? Results.Json(balance, SubscriptionsJson.Options)
            : PullProblems.Of(SubscriptionRejections.Unknown());
    }

    internal async Task<IResult> GetAllAsync(HttpContext context)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        var subscriptions = await balances.ReadAsync(system.MayReview ? null : system.Agency, null, context.RequestAborted);
        return Results.Json(new BusBalance(subscriptions, system.MayReview ? await balances.HeldAsync(context.RequestAborted) : null, subscriptions.All(s => s.IsBalanced)), SubscriptionsJson.Options);
    }
}

/// <summary>Balances of several subscriptions.</summary>
/// <param name="Subscriptions">Each of them.</param>
/// <param name="Held">Events that wait for a person and are not in the log yet; for reviewers.</param>
/// <param name="IsBalanced">Whether every sum is right.</param>
internal sealed record BusBalance(IReadOnlyList<DeliveryBalance> Subscriptions, long? Held, bool IsBalanced);
