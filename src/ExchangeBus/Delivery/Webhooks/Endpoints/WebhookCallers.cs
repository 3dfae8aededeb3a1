using System.Text.Json;
using System.Text.RegularExpressions;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>Lets a system of the subscription's agency in, and nobody else; others do not learn that the subscription exists.</summary>
internal static partial class WebhookCallers
{
    internal static async Task<IResult> ForOwnAsync(
        this CallerAuthentication callers, DeliveryRules rules, string name, HttpContext context, Func<AgencySystem, SubscriptionRules, Task<IResult>> answer)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        try
        {
            // Another node may have made it a moment ago.
            await rules.RefreshAsync(context.RequestAborted);
            return rules.Current.Find(name) is { Subscription.Way: Way.Webhook } found && found.IsOf(system)
                ? await answer(system, found)
                : EndpointRejections.Problem(EndpointRejections.Unknown());
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return CallerProblems.Unavailable(context);
        }
    }

    /// <summary>The body, or where it is wrong.</summary>
    internal static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, SubscriptionsJson.Options, context.RequestAborted) is { } body
                ? (body, null)
                : (null, EndpointRejections.Problem(EndpointRejections.Malformed("")));
        }
        catch (JsonException e)
        {
            return (null, EndpointRejections.Problem(EndpointRejections.Malformed(PointerOf(e.Path))));
        }
    }

    // A decision is evidence: it says who, and it says why.
    internal static ChangedBy? By(AgencySystem caller, string? officer, string? reason) => reason?.Trim() is { Length: >= 3 and <= 1000 } why && !why.Contains('\0', StringComparison.Ordinal)
        ? new ChangedBy(officer is { Length: > 0 and <= 64 } && !officer.Contains('\0', StringComparison.Ordinal) ? $"{caller.BrokerUser}/{officer}" : caller.BrokerUser, why)
        : null;

    // $.keys[0].key becomes /keys/0/key. A name that the form does not know is not repeated.
    private static string PointerOf(string? path) => path is null or "$" ? "" : Separators().Replace(path[1..].Replace("]", "", StringComparison.Ordinal), "/");

    [GeneratedRegex(@"[.\[]")]
    private static partial Regex Separators();
}
