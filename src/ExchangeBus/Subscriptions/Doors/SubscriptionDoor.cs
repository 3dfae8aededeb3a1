using ExchangeBus.Agencies;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>Subscriptions over HTTP, for the agency whose they are. Each answer carries the position in the log from which the change holds.</summary>
internal sealed class SubscriptionDoor(
    RuleCallers callers, SubscriptionStore store, AgreementStore agreements, SubscriptionChecks checks, DeliveryRules rules, DryRun dryRun, Broker broker,
    IOptions<BrokerOptions> brokerOptions)
{
    internal Task<IResult> ListAsync(HttpContext context) => callers.AnswerAsync(context, caller => Task.FromResult(
        Json(rules.Current.Subscriptions.Values.Where(s => s.Subscription.Agency == caller.Agency).OrderBy(s => s.Subscription.Name, StringComparer.Ordinal).Select(s => SubscriptionView.Of(s)))));

    internal Task<IResult> GetAsync(string name, HttpContext context) => ForOneAsync(name, context, (_, found) => Task.FromResult(Json(SubscriptionView.Of(found, withVersions: true))));

    internal Task<IResult> CreateAsync(HttpContext context) => callers.AnswerAsync(context, async caller =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<NewSubscription>(context);
        if (body is null)
            return refusal!;
        var violations = checks.Check(body.Terms, caller, await agreements.OfAgencyAsync(caller.Agency, context.RequestAborted)).ToList();
        if (!AgreementChecks.NameForm().IsMatch(body.Name))
            violations.Insert(0, SubscriptionRejections.Name());
        if (body.Partitions < 1 || body.Partitions > (body.Way == Way.Queue ? 32 : 1))
            violations.Add(SubscriptionRejections.Partitions());
        if (!RuleRequest.IsReason(body.Reason))
            violations.Add(AgreementRejections.Reason());
        if (violations.Count > 0)
            return RuleProblems.Of(violations);
        var subscription = new Subscription($"{caller.Agency}.{body.Name}", caller.Agency, body.Way, body.Partitions, body.Ordered, body.Acknowledges);
        if (await store.NewestAsync(subscription.Name, context.RequestAborted) is not null)
            return RuleProblems.Of(SubscriptionRejections.Exists());
        await store.ChangeAsync(subscription, null, SubscriptionState.Active, body.Terms, RuleRequest.NameOf(caller, body.Officer), body.Reason!.Trim(), isConfigured: false, context.RequestAborted);
        await DeclareAsync(subscription, context);
        await rules.RefreshAsync(context.RequestAborted);
        return Results.Json(SubscriptionView.Of(rules.Current.Find(subscription.Name)!) with { Warnings = SubscriptionChecks.Warn(body.Terms) }, SubscriptionsJson.Options, statusCode: StatusCodes.Status201Created);
    });

    internal Task<IResult> WriteAsync(string name, HttpContext context) => ForOneAsync(name, context, async (caller, found) =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<SubscriptionWording>(context);
        if (body is null)
            return refusal!;
        if (await store.IsConfiguredAsync(name, context.RequestAborted))
            return RuleProblems.Of(SubscriptionRejections.Configured());
        if (found.Flow == Flow.Ended)
            return RuleProblems.Of(SubscriptionRejections.Ended());
        var violations = checks.Check(body.Terms, caller, await agreements.OfAgencyAsync(caller.Agency, context.RequestAborted)).ToList();
        if (!RuleRequest.IsReason(body.Reason))
            violations.Add(AgreementRejections.Reason());
        return violations.Count > 0
            ? RuleProblems.Of(violations)
            : await ChangeAsync(found, found.Current.Version.State, body.Terms, caller, body.Officer, body.Reason!, context);
    });

    internal Task<IResult> MoveAsync(string name, HttpContext context) => ForOneAsync(name, context, async (caller, found) =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<SubscriptionStep>(context);
        if (body is null)
            return refusal!;
        if (!RuleRequest.IsReason(body.Reason))
            return RuleProblems.Of(AgreementRejections.Reason());
        if (found.Flow == Flow.Ended)
            return RuleProblems.Of(SubscriptionRejections.Ended());
        return body.State == SubscriptionState.Ended && await store.IsConfiguredAsync(name, context.RequestAborted)
            ? RuleProblems.Of(SubscriptionRejections.Configured())
            : await ChangeAsync(found, body.State, found.Current.Version.Terms, caller, body.Officer, body.Reason, context);
    });

    internal Task<IResult> DryRunAsync(HttpContext context) => callers.AnswerAsync(context, async caller =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<DryRunRequest>(context);
        if (body is null)
            return refusal!;
        var own = await agreements.OfAgencyAsync(caller.Agency, context.RequestAborted);
        var violations = checks.Check(body.Terms, caller, own).ToList();
        if (body.Days is < 1 or > 90)
            violations.Add(SubscriptionRejections.Days());
        return violations.Count > 0 ? RuleProblems.Of(violations) : Json(await dryRun.RunAsync(caller.Agency, body.Terms, own, body.Days, context.RequestAborted));
    });

    private async Task<IResult> ChangeAsync(
        SubscriptionRules found, SubscriptionState state, SubscriptionTerms terms, AgencySystem caller, string? officer, string reason, HttpContext context)
    {
        // What is so already is no change: no version, and no event that tells of one.
        if (state == found.Current.Version.State && SubscriptionsJson.Write(terms) == SubscriptionsJson.Write(found.Current.Version.Terms))
            return Json(SubscriptionView.Of(found));
        await store.ChangeAsync(
            found.Subscription, found.Current.Version, state, terms, RuleRequest.NameOf(caller, officer), reason.Trim(), isConfigured: false, context.RequestAborted);
        await rules.RefreshAsync(context.RequestAborted);
        return Json(SubscriptionView.Of(rules.Current.Find(found.Subscription.Name)!) with { Warnings = SubscriptionChecks.Warn(terms) });
    }

    // A subscriber may connect at once. Where the broker is away the dispatcher declares the queue when it comes back.
    private async Task DeclareAsync(Subscription subscription, HttpContext context)
    {
        try
        {
            await using var channel = await broker.OpenChannelAsync(null, context.RequestAborted);
            await SubscriptionQueues.DeclareAsync(channel, subscription, brokerOptions.Value.DeliveryLimit, context.RequestAborted);
        }
        catch (Exception e) when (QueueWorker.IsTransient(e) && !context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private Task<IResult> ForOneAsync(string name, HttpContext context, Func<AgencySystem, SubscriptionRules, Task<IResult>> answer) => callers.AnswerAsync(context, async caller =>
    {
        // Another node may have changed it a moment ago.
        await rules.RefreshAsync(context.RequestAborted);
        return rules.Current.Find(name) is { } found && found.IsOf(caller) ? await answer(caller, found) : RuleProblems.Of(SubscriptionRejections.Unknown());
    });

    private static IResult Json<T>(T view) => Results.Json(view, SubscriptionsJson.Options);
}
