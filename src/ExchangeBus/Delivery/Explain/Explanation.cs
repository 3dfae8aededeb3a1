using System.Globalization;
using ExchangeBus.CloudEvents.Sql;
using ExchangeBus.Contracts;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Explain;

/// <summary>Says why a subscription got an event, or the first rule by which it did not.</summary>
internal sealed class Explanation(LogStore store, LogReader log, DeliveryStatus status, ExplainedAttempts attempts)
{
    /// <param name="rules">The subscription.</param>
    /// <param name="eventId">The event's position in the log, or with <paramref name="source"/> its id.</param>
    /// <param name="source">CloudEvents source; null when a position is given.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when there is no such event.</returns>
    internal async Task<EventExplanation?> ExplainAsync(SubscriptionRules rules, string eventId, string? source, CancellationToken cancellationToken)
    {
        if (await FindAsync(eventId, source, cancellationToken) is not { } logged)
            return null;
        var ruling = rules.Judge(logged);
        // That a filter or a province said no tells of the event; of one that may not be seen only that is said.
        if (ruling.Rule is RuleNames.Filter or RuleNames.Province && rules.JudgeWithoutFilter(logged) is { Kind: not RulingKind.Deliver } withheld)
            ruling = withheld;
        var cloudEvent = CloudEventJson.Read(logged.Envelope);
        var rule = rules.At(logged.Sequence);
        // Attributes are shown only where they may leave: the value of a filter's parts would tell of an event that is withheld.
        var mayShow = ruling.Kind is RulingKind.Deliver || ruling.Rule is RuleNames.Filter or RuleNames.Province;
        var state = ruling.Kind == RulingKind.Deliver ? await status.StateOfAsync(rules.Subscription, logged, cancellationToken) : null;
        var (tried, waiting) = mayShow ? await attempts.ReadAsync(rules.Subscription.Name, logged.Sequence, cancellationToken) : ([], null);
        return new EventExplanation(
            rules.Subscription.Name,
            logged.Sequence,
            mayShow ? logged.Type : null,
            mayShow ? cloudEvent.Id : null,
            ruling.Kind switch { RulingKind.Deliver => state!.State, RulingKind.Withheld => "withheld", RulingKind.Expired => "expired", _ => "unmatched" },
            ruling.Rule,
            ruling.Rule is null ? null : RuleWording.Of(ruling.Rule),
            rule?.Version.Version,
            ruling.Agreement is { } agreement ? new ExplainedAgreement(agreement.Version.Agreement, agreement.Version.Version, agreement.Version.State.ToString().ToLowerInvariant(), agreement.Version.FromSequence) : null,
            mayShow && rule?.Filter is { } filter ? FilterOf(filter, logged) : null,
            ruling.Cut?.Released,
            ruling.Cut is { } cut ? CutBodies.WithheldOf(logged, cut) : null,
            state?.AcknowledgedAt,
            tried.Count > 0 ? tried : null,
            waiting);
    }

    private async Task<LoggedEvent?> FindAsync(string eventId, string? source, CancellationToken cancellationToken)
    {
        (long, DateTimeOffset)? place = source is not null
            ? await store.FindAsync(EventKey.Of(source, eventId), cancellationToken) is { } stored ? (stored.Sequence, stored.RecordedAt) : null
            : long.TryParse(eventId, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? await store.FindPlaceAsync(sequence, cancellationToken) : null;
        return place is { } found ? await log.FindAsync(found.Item1, found.Item2, cancellationToken) : null;
    }

    private static IReadOnlyList<ExplainedStep> FilterOf(CesqlExpression filter, LoggedEvent logged) =>
        [.. filter.Explain(new EnvelopeAttributes(logged)).Steps.Select(s => new ExplainedStep(s.Column, s.Depth, s.Text, s.Value?.ToString()))];
}

/// <summary>Why, or why not.</summary>
/// <param name="Subscription">Its name.</param>
/// <param name="Sequence">Position of the event.</param>
/// <param name="Type">CloudEvents type; absent where the event may not be seen.</param>
/// <param name="Id">CloudEvents id; absent where the event may not be seen.</param>
/// <param name="Outcome"><c>waiting</c>, <c>delivered</c>, <c>acknowledged</c>, <c>dead</c>, <c>discarded</c>, <c>withheld</c>, <c>expired</c> or <c>unmatched</c>.</param>
/// <param name="Rule">The first rule that said no; absent when none did.</param>
/// <param name="Why">The same in words.</param>
/// <param name="SubscriptionVersion">The version that holds at the event's place; absent before the first.</param>
/// <param name="Agreement">The agreement that permits it, or the one that came closest.</param>
/// <param name="Filter">Each part of the filter with its value; a part without a value was not needed.</param>
/// <param name="Released">The fields that leave.</param>
/// <param name="WithheldFields">The fields of this event that do not.</param>
/// <param name="AcknowledgedAt">When the subscriber's word came.</param>
/// <param name="Attempts">Attempts that failed, and those after them, the oldest first, at most 200.</param>
/// <param name="Waiting">What it waits for, when it does.</param>
internal sealed record EventExplanation(
    string Subscription, long Sequence, string? Type, string? Id, string Outcome, string? Rule, Wording? Why, int? SubscriptionVersion, ExplainedAgreement? Agreement,
    IReadOnlyList<ExplainedStep>? Filter, IReadOnlyList<string>? Released, IReadOnlyList<string>? WithheldFields, DateTimeOffset? AcknowledgedAt,
    IReadOnlyList<ExplainedAttempt>? Attempts, ExplainedWaiting? Waiting);

/// <summary>An agreement at the event's place.</summary>
internal sealed record ExplainedAgreement(string Id, int Version, string State, long FromSequence);

/// <summary>A part of a filter.</summary>
internal sealed record ExplainedStep(int Column, int Depth, string Text, string? Value);

/// <summary>A sentence in both languages.</summary>
internal sealed record Wording(string Vi, string En);
