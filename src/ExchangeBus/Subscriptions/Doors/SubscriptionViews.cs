using ExchangeBus.Contracts;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>A new subscription.</summary>
/// <param name="Name">Short name; the whole name has the agency's code before it.</param>
/// <param name="Terms">What it asks for.</param>
/// <param name="Reason">Why, 3 to 1,000 characters.</param>
/// <param name="Officer">Code of the officer, at most 64 characters.</param>
/// <param name="Way">How it receives. Default <c>queue</c>.</param>
/// <param name="Partitions">Queues by order key. Default 1; 1 to 32, set once.</param>
/// <param name="Ordered">Events of one order key one after the other. Default true, set once.</param>
/// <param name="Acknowledges">False for a subscriber that cannot tell the bus what is done. Default true, set once.</param>
internal sealed record NewSubscription(string Name, SubscriptionTerms Terms, string? Reason = null, string? Officer = null, Way Way = Way.Queue, int Partitions = 1, bool Ordered = true, bool Acknowledges = true);

/// <summary>Other terms.</summary>
internal sealed record SubscriptionWording(SubscriptionTerms Terms, string? Reason = null, string? Officer = null);

/// <summary>Another state.</summary>
internal sealed record SubscriptionStep(SubscriptionState State, string? Reason = null, string? Officer = null);

/// <summary>What would have been delivered.</summary>
/// <param name="Terms">What would be asked for.</param>
/// <param name="Days">How far back to look. Default 7; 1 to 90.</param>
internal sealed record DryRunRequest(SubscriptionTerms Terms, int Days = 7);

/// <summary>A subscription as its agency sees it.</summary>
internal sealed record SubscriptionView(
    string Name, Way Way, int Partitions, bool Ordered, bool Acknowledges, IReadOnlyList<string>? Queues, int Version, SubscriptionState State, Flow Flow, long FromSequence, SubscriptionTerms Terms,
    DateTimeOffset ChangedAt, string ChangedBy, string Reason, IReadOnlyList<SubscriptionVersionView>? Versions,
    IReadOnlyList<Violation>? Warnings = null)
{
    internal static SubscriptionView Of(SubscriptionRules rules, bool withVersions = false)
    {
        var (subscription, current) = (rules.Subscription, rules.Current.Version);
        return new(
            subscription.Name, subscription.Way, subscription.Partitions, subscription.IsOrdered, subscription.Acknowledges,
            subscription.Way == Way.Queue ? [.. Enumerable.Range(0, subscription.Partitions).Select(subscription.QueueOf)] : null,
            current.Version, current.State, rules.Flow, current.FromSequence, current.Terms, current.ChangedAt, current.ChangedBy, current.Reason,
            withVersions ? [.. rules.Versions.Select(v => v.Version).Select(v => new SubscriptionVersionView(v.Version, v.State, v.FromSequence, v.Terms, v.ChangedAt, v.ChangedBy, v.Reason))] : null);
    }
}

/// <summary>One version of it.</summary>
internal sealed record SubscriptionVersionView(int Version, SubscriptionState State, long FromSequence, SubscriptionTerms Terms, DateTimeOffset ChangedAt, string ChangedBy, string Reason);
