using ExchangeBus.Agencies;
using ExchangeBus.Subscriptions.Agreements;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>
/// Agreements over HTTP: the receiving agency drafts and requests, the owner of the data approves, activates, changes, suspends and ends. Each answer carries
/// the position in the log from which the change holds.
/// </summary>
internal sealed class AgreementDoor(RuleCallers callers, AgreementStore store, AgreementChecks checks)
{
    internal Task<IResult> ListAsync(HttpContext context) => callers.AnswerAsync(context, async caller =>
        Json((await store.OfAgencyAsync(caller.Agency, context.RequestAborted)).Select(a => AgreementView.Of(a))));

    internal Task<IResult> GetAsync(string id, HttpContext context) => callers.AnswerAsync(context, async caller =>
        await FindAsync(id, caller, context) is { } agreement ? Json(AgreementView.Of(agreement, withVersions: true)) : RuleProblems.Of(AgreementRejections.Unknown()));

    internal Task<IResult> DraftAsync(HttpContext context) => callers.AnswerAsync(context, async caller =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<AgreementDraft>(context);
        if (body is null)
            return refusal!;
        var violations = checks.Check(body.Terms, await store.OwnersAsync(context.RequestAborted), out var owner).ToList();
        if (!AgreementChecks.NameForm().IsMatch(body.Name))
            violations.Insert(0, AgreementRejections.Name());
        if (!RuleRequest.IsReason(body.Reason))
            violations.Add(AgreementRejections.Reason());
        if (violations.Count > 0)
            return RuleProblems.Of(violations);
        var id = $"{caller.Agency}.{body.Name}";
        if (await store.FindAsync(id, context.RequestAborted) is not null)
            return RuleProblems.Of(AgreementRejections.Exists());
        var agreement = new Agreement(id, caller.Agency, owner!, IsConfigured: false, []);
        return await ChangeAsync(agreement, AgreementState.Drafted, body.Terms, caller, body.Officer, body.Reason!, context, created: true);
    });

    internal Task<IResult> WriteAsync(string id, HttpContext context) => callers.AnswerAsync(context, async caller =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<AgreementWording>(context);
        if (body is null)
            return refusal!;
        if (await FindAsync(id, caller, context) is not { } agreement)
            return RuleProblems.Of(AgreementRejections.Unknown());
        if (agreement.IsConfigured)
            return RuleProblems.Of(AgreementRejections.Configured());
        if (body.Version is { } read && read != agreement.Current.Version)
            return RuleProblems.Of(AgreementRejections.ChangedMeanwhile());
        var isOwner = agreement.Owner == caller.Agency;
        if (agreement.Current.State == AgreementState.Ended || (!isOwner && agreement.Current.State != AgreementState.Drafted))
            return RuleProblems.Of(AgreementRejections.NotEditable());
        var violations = checks.Check(body.Terms, await store.OwnersAsync(context.RequestAborted), out var owner).ToList();
        if (owner is not null && owner != agreement.Owner)
            violations.Add(AgreementRejections.OtherOwner());
        if (!RuleRequest.IsReason(body.Reason))
            violations.Add(AgreementRejections.Reason());
        return violations.Count > 0
            ? RuleProblems.Of(violations)
            : await ChangeAsync(agreement, agreement.Current.State, body.Terms, caller, body.Officer, body.Reason!, context);
    });

    internal Task<IResult> MoveAsync(string id, HttpContext context) => callers.AnswerAsync(context, async caller =>
    {
        var (body, refusal) = await RuleRequest.ReadAsync<AgreementStep>(context);
        if (body is null)
            return refusal!;
        if (await FindAsync(id, caller, context) is not { } agreement)
            return RuleProblems.Of(AgreementRejections.Unknown());
        if (agreement.IsConfigured)
            return RuleProblems.Of(AgreementRejections.Configured());
        if (!RuleRequest.IsReason(body.Reason))
            return RuleProblems.Of(AgreementRejections.Reason());
        if (body.Version is null && body.State == AgreementState.Approved)
            return RuleProblems.Of(AgreementRejections.NoVersion());
        if (body.Version is { } read && read != agreement.Current.Version)
            return RuleProblems.Of(AgreementRejections.ChangedMeanwhile());
        var from = agreement.Current.State;
        // What the bus says of itself has no personal data and concerns its recipient alone: nobody need decide.
        var to = body.State == AgreementState.Requested && agreement.Owner == Subscription.BusAgency ? AgreementState.Active : body.State;
        // Whoever receives its own data, or what the bus says to it, is both sides.
        var isAllowed = AgreementSteps.IsAllowed(from, body.State, agreement.Owner == caller.Agency || agreement.Owner == Subscription.BusAgency)
            || (caller.Agency == agreement.Agency && AgreementSteps.IsAllowed(from, body.State, isOwner: false));
        return isAllowed
            ? await ChangeAsync(agreement, to, agreement.Current.Terms, caller, body.Officer, body.Reason, context)
            : RuleProblems.Of(AgreementRejections.Step(AgreementStore.StateText(from), AgreementStore.StateText(body.State)));
    });

    private async Task<IResult> ChangeAsync(
        Agreement agreement, AgreementState state, AgreementTerms terms, AgencySystem caller, string? officer, string reason, HttpContext context, bool created = false)
    {
        var version = await store.ChangeAsync(agreement, state, terms, RuleRequest.NameOf(caller, officer), reason.Trim(), isSilent: false, context.RequestAborted);
        var view = AgreementView.Of(agreement with { Versions = [.. agreement.Versions, version] });
        return created ? Results.Json(view, SubscriptionsJson.Options, statusCode: StatusCodes.Status201Created) : Json(view);
    }

    // Others do not learn that it exists.
    private async Task<Agreement?> FindAsync(string id, AgencySystem caller, HttpContext context) =>
        await store.FindAsync(id, context.RequestAborted) is { } found && (found.Agency == caller.Agency || found.Owner == caller.Agency) ? found : null;

    private static IResult Json<T>(T view) => Results.Json(view, SubscriptionsJson.Options);
}

/// <summary>A new agreement.</summary>
internal sealed record AgreementDraft(string Name, AgreementTerms Terms, string? Reason = null, string? Officer = null);

/// <summary>Other terms.</summary>
internal sealed record AgreementWording(AgreementTerms Terms, string? Reason = null, string? Officer = null, int? Version = null);

/// <summary>Another state.</summary>
/// <param name="State">Where it shall stand.</param>
/// <param name="Reason">Why, 3 to 1,000 characters.</param>
/// <param name="Officer">Code of the officer, at most 64 characters.</param>
/// <param name="Version">The version that was read. Needed to approve: what is approved is what was read, not what the other side has written since.</param>
internal sealed record AgreementStep(AgreementState State, string? Reason = null, string? Officer = null, int? Version = null);

/// <summary>An agreement as its two sides see it.</summary>
internal sealed record AgreementView(
    string Id, string Agency, string Owner, int Version, AgreementState State, long FromSequence, AgreementTerms Terms, DateTimeOffset ChangedAt, string ChangedBy, string Reason,
    IReadOnlyList<AgreementVersionView>? Versions)
{
    internal static AgreementView Of(Agreement agreement, bool withVersions = false)
    {
        var current = agreement.Current;
        return new(agreement.Id, agreement.Agency, agreement.Owner, current.Version, current.State, current.FromSequence, current.Terms, current.ChangedAt, current.ChangedBy, current.Reason,
            withVersions ? [.. agreement.Versions.Select(v => new AgreementVersionView(v.Version, v.State, v.FromSequence, v.Terms, v.ChangedAt, v.ChangedBy, v.Reason))] : null);
    }
}

/// <summary>One version of it.</summary>
internal sealed record AgreementVersionView(int Version, AgreementState State, long FromSequence, AgreementTerms Terms, DateTimeOffset ChangedAt, string ChangedBy, string Reason);
