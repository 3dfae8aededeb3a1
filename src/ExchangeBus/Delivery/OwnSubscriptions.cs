using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>Lets a caller at the subscriptions of its own agency; of those of others it does not even learn that they exist.</summary>
internal sealed class OwnSubscriptions(CallerAuthentication callers, DeliveryRules rules)
{
    internal async Task<IResult> AnswerAsync(HttpContext context, string name, Func<AgencySystem, Subscription, Task<IResult>> answer)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        try
        {
            // One that was made a moment ago, maybe on another node.
            if (rules.Current.Find(name) is null)
                await rules.RefreshAsync(context.RequestAborted);
            return rules.Current.Find(name) is { } found && found.IsOf(system)
                ? await answer(system, found.Subscription)
                : DeliveryProblems.UnknownSubscription();
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return CallerProblems.Unavailable(context);
        }
    }
}
