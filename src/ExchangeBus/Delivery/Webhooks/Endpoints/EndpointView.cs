namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>A webhook as its agency sees it; never a key.</summary>
/// <param name="Waiting">Deliveries that wait because they have failed, or one of their key before them.</param>
internal sealed record EndpointView(
    string Subscription, string Address, int Concurrency, double TimeLimitSeconds, int? RequestsPerMinute, double RetryForHours, IReadOnlyList<KeyView> Keys,
    CircuitView Circuit, int Waiting, DateTimeOffset ChangedAt, string ChangedBy, string Reason);

/// <summary>A key without what is secret of it.</summary>
internal sealed record KeyView
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>What the receiver verifies with; null for a shared secret.</summary>
    public string? PublicKey { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>How the endpoint does, as the node says that delivers: <c>closed</c>, it is called; <c>open</c>, it is left alone until then; <c>half-open</c>, it is being tried.</summary>
internal sealed record CircuitView(string State, DateTimeOffset? Since, DateTimeOffset? OpenUntil, int Failures);

/// <summary>What was saved. The only answer that shows keys, and only those that the bus has made.</summary>
internal sealed record SavedView(EndpointView Webhook, IReadOnlyList<MadeKey> MadeKeys);

/// <summary>A key that the bus has made. A class: a record would print the key.</summary>
internal sealed class MadeKey
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The shared secret; null for a pair, of which the receiver needs the public half only.</summary>
    public string? Key { get; init; }

    public string? PublicKey { get; init; }

    internal static MadeKey Of(NewKey key) => new() { Id = key.Id, Kind = key.Kind, Key = key.IsShared ? key.Text : null, PublicKey = key.PublicKey };
}

/// <summary>As the database has it.</summary>
internal sealed record EndpointViewRow
{
    public required string Address { get; init; }

    public required int Concurrency { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    public int? RequestsPerMinute { get; init; }

    public required TimeSpan RetryFor { get; init; }

    public required string Circuit { get; init; }

    public DateTimeOffset? CircuitSince { get; init; }

    public DateTimeOffset? CircuitUntil { get; init; }

    public int CircuitFailures { get; init; }

    public int Waiting { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public required string ChangedBy { get; init; }

    public required string Reason { get; init; }

    internal EndpointView Read(string name, IReadOnlyList<KeyView> keys) => new(
        name, Address, Concurrency, TimeLimit.TotalSeconds, RequestsPerMinute, RetryFor.TotalHours, keys,
        new CircuitView(Circuit, CircuitSince, CircuitUntil, CircuitFailures), Waiting, ChangedAt, ChangedBy, Reason);
}
