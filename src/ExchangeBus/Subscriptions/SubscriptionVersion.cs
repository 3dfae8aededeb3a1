namespace ExchangeBus.Subscriptions;

/// <summary>Whether a subscription runs.</summary>
internal enum SubscriptionState
{
    /// <summary>Events are delivered.</summary>
    Active,

    /// <summary>Events wait; nothing is lost.</summary>
    Paused,

    /// <summary>Over for good.</summary>
    Ended,
}

/// <summary>How a subscription receives.</summary>
internal enum Way
{
    /// <summary>From a RabbitMQ queue.</summary>
    Queue,

    /// <summary>By HTTP requests of the bus.</summary>
    Webhook,

    /// <summary>It asks itself, in pages or as a stream.</summary>
    Pull,
}

/// <summary>What a subscription asks for.</summary>
internal sealed record SubscriptionTerms
{
    /// <summary>Event types, exact or with a trailing <c>*</c>. At least one.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The agreements that it rests on; the first that permits an event says what leaves of it. At least one.</summary>
    public required IReadOnlyList<string> Agreements { get; init; }

    /// <summary>Filter over the attributes in CloudEvents SQL 1.0; null means none.</summary>
    public string? Filter { get; init; }

    /// <summary>Province codes of 2 digits; empty means all.</summary>
    public IReadOnlyList<string> Provinces { get; init; } = [];

    /// <summary>Nothing that is accepted from then on is delivered; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A subscription as it stands for the events after <paramref name="FromSequence"/>, until the next version.</summary>
internal sealed record SubscriptionVersion(
    string Subscription, int Version, long FromSequence, SubscriptionState State, SubscriptionTerms Terms, DateTimeOffset ChangedAt, string ChangedBy, string Reason);
