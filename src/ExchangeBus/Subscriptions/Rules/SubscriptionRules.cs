using System.Collections.Concurrent;
using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions.Agreements;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>Whether deliveries may run now.</summary>
internal enum Flow
{
    /// <summary>They run.</summary>
    Open,

    /// <summary>The subscriber has paused: what is in the queue stays there, what follows waits in the log.</summary>
    Paused,

    /// <summary>One of its agreements is suspended: what was not taken yet is taken back until the agreement is active again or over.</summary>
    Suspended,

    /// <summary>Over for good.</summary>
    Ended,
}

/// <summary>
/// What one subscription gets. Each event is judged by the versions that held at its place in the log, so that the answer does not depend on when somebody
/// asks; only an agreement that is over permits nothing more at all.
/// </summary>
internal sealed class SubscriptionRules(Subscription subscription, IReadOnlyList<SubscriptionRule> versions, Jurisdictions jurisdictions)
{
    private readonly ConcurrentDictionary<(int, string), bool> _matches = new();

    internal Subscription Subscription => subscription;

    internal IReadOnlyList<SubscriptionRule> Versions => versions;

    internal SubscriptionRule Current => versions[^1];

    internal Flow Flow { get; } = versions[^1].Version.State switch
    {
        SubscriptionState.Ended => Flow.Ended,
        _ when versions.SelectMany(v => v.Agreements).Any(a => a.Current.Version.State == AgreementState.Suspended) => Flow.Suspended,
        SubscriptionState.Paused => Flow.Paused,
        _ => Flow.Open,
    };

    /// <summary>Whether these are the same rules as others that were read later: nothing of the subscription or of an agreement of it has changed.</summary>
    internal bool IsAs(SubscriptionRules? later) => later is not null && (ReferenceEquals(later, this) || VersionsOf(later).SequenceEqual(VersionsOf(this)));

    /// <summary>Whether a system may receive by it and steer it: it is its agency's, and no agreement is bound to another system.</summary>
    internal bool IsOf(AgencySystem system) => string.Equals(subscription.Agency, system.Agency, StringComparison.Ordinal)
        && Array.TrueForAll(Current.Agreements, a => a.Current.Version.Terms.System is not { } bound || $"{system.Agency}.{bound}" == system.BrokerUser);

    /// <summary>
    /// The newest position at which one of its agreements, those of earlier versions too, was suspended or ended and is so still; 0 when none is. What it had
    /// released and nobody has fetched is taken back.
    /// </summary>
    internal long StoppedAt { get; } = versions.SelectMany(v => v.Agreements).Select(a => a.Current.Version)
        .Where(v => v.State is AgreementState.Suspended or AgreementState.Ended).Select(v => v.FromSequence).DefaultIfEmpty(0).Max();

    /// <summary>What happens to an event by the rules of its place in the log.</summary>
    internal Ruling Judge(LoggedEvent logged) => At(logged.Sequence) is { } rule
        ? Judge(rule, logged, View.Now)
        : Ruling.Unmatched(RuleNames.Before);

    /// <summary>What happened to an event when it was delivered, though an agreement may have ended since.</summary>
    internal Ruling JudgeThen(LoggedEvent logged) => At(logged.Sequence) is { } rule
        ? Judge(rule, logged, View.Then)
        : Ruling.Unmatched(RuleNames.Before);

    /// <summary>What happens to an event by the rules of today, wherever it stands: for a replay and a dry run.</summary>
    internal Ruling JudgeToday(LoggedEvent logged) => Judge(Current, logged, View.Today);

    /// <summary>The same without the filter: whether the subscriber may see the event at all.</summary>
    internal Ruling JudgeWithoutFilter(LoggedEvent logged) => At(logged.Sequence) is { } rule
        ? Permit(rule, logged, new EnvelopeAttributes(logged), View.Now)
        : Ruling.Unmatched(RuleNames.Before);

    /// <summary>The version that holds for a position; null before the first.</summary>
    internal SubscriptionRule? At(long sequence)
    {
        for (var i = versions.Count - 1; i >= 0; i--)
        {
            if (versions[i].Version.FromSequence < sequence)
                return versions[i];
        }

        return null;
    }

    private static IEnumerable<int> VersionsOf(SubscriptionRules rules) =>
        rules.Versions.SelectMany(v => v.Agreements).Select(a => a.Current.Version.Version).Prepend(rules.Current.Version.Version);

    private Ruling Judge(SubscriptionRule rule, LoggedEvent logged, View view)
    {
        if (logged.Recipient is not null && !string.Equals(logged.Recipient, subscription.Agency, StringComparison.Ordinal))
            return Ruling.Unmatched(RuleNames.Recipient);
        if (rule.Version.State == SubscriptionState.Ended)
            return Ruling.Unmatched(RuleNames.SubscriptionEnded);
        var terms = rule.Version.Terms;
        if (!_matches.GetOrAdd((rule.Version.Version, logged.Type), static (key, types) => types.Any(pattern => TypePattern.Matches(pattern, key.Item2)), terms.Types))
            return Ruling.Unmatched(RuleNames.Type);
        var attributes = new EnvelopeAttributes(logged);
        if (terms.Provinces.Count > 0 && (jurisdictions.ProvinceOf(logged) is not { } province || !terms.Provinces.Contains(province)))
            return Ruling.Unmatched(RuleNames.Province);
        if (rule.Filter is not null && !rule.Filter.Matches(attributes))
            return Ruling.Unmatched(RuleNames.Filter);
        if (logged.RecordedAt >= terms.ExpiresAt)
            return new Ruling(RulingKind.Expired, RuleNames.SubscriptionExpired, null, null);
        return Permit(rule, logged, attributes, view);
    }

    private static Ruling Permit(SubscriptionRule rule, LoggedEvent logged, EnvelopeAttributes attributes, View view)
    {
        // The first refusal that is about more than the type says most about why not.
        var refused = new Ruling(RulingKind.Withheld, RuleNames.NoAgreement, null, null);
        foreach (var agreement in rule.Agreements)
        {
            var isOfToday = view == View.Today || (view == View.Now && agreement.Current.Version.State == AgreementState.Ended);
            if ((isOfToday ? agreement.Current : agreement.At(logged.Sequence)) is not { } version)
                continue;
            if (version.Refuses(logged, attributes, out var cut) is not { } reason)
                return new Ruling(RulingKind.Deliver, null, cut, version);
            if (refused.Agreement is null || refused.Rule == RuleNames.AgreementType)
                refused = new Ruling(RulingKind.Withheld, reason, null, version);
        }

        return refused;
    }

    private enum View
    {
        /// <summary>By the versions of the event's place, but an agreement that is over permits nothing.</summary>
        Now,

        /// <summary>By the versions of the event's place alone.</summary>
        Then,

        /// <summary>By the newest versions.</summary>
        Today,
    }
}

/// <summary>The place of an event of the log.</summary>
internal static class LoggedPlaces
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    internal static string? ProvinceOf(this Jurisdictions jurisdictions, LoggedEvent logged) =>
        jurisdictions.ProvinceOf(logged.Type, logged.Data.Span, DateOnly.FromDateTime(logged.RecordedAt.ToOffset(Vietnam).DateTime));
}
