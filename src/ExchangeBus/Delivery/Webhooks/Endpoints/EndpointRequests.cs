using ExchangeBus.Delivery.Webhooks.Signing;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>A key as an agency gives it, or asks the bus to make one. A class: a record would print the key.</summary>
internal sealed class KeyRequest
{
    /// <summary>The key; null when the bus shall make one.</summary>
    public string? Key { get; init; }

    /// <summary>What the bus shall make: <c>hmac-sha256</c>, the default, or <c>ed25519</c>.</summary>
    public string? Kind { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    // Of POST …/keys only.
    public string? Reason { get; init; }

    public string? Officer { get; init; }
}

/// <summary>A webhook as an agency asks for it.</summary>
internal sealed class EndpointRequest
{
    public string? Address { get; init; }

    /// <summary>Null keeps the keys that there are, or lets the bus make the first one.</summary>
    public IReadOnlyList<KeyRequest>? Keys { get; init; }

    public int? Concurrency { get; init; }

    public double? TimeLimitSeconds { get; init; }

    public int? RequestsPerMinute { get; init; }

    public double? RetryForHours { get; init; }

    public string? Reason { get; init; }

    public string? Officer { get; init; }

    internal WebhookSettings With(IReadOnlyList<NewKey> keys) => new()
    {
        Address = Address ?? "",
        Keys = [.. keys.Select(k => new WebhookKeySetting { Key = k.Text, ValidFrom = k.ValidFrom, ValidUntil = k.ValidUntil })],
        Concurrency = Concurrency,
        TimeLimit = Span(TimeLimitSeconds, TimeSpan.TicksPerSecond),
        RequestsPerMinute = RequestsPerMinute,
        RetryFor = Span(RetryForHours, TimeSpan.TicksPerHour),
    };

    // What is beyond all bounds must not overflow on its way to being refused.
    private static TimeSpan? Span(double? number, long ticks) => number is not { } value ? null
        : value is > 0 and < 100_000 ? TimeSpan.FromTicks((long)(value * ticks)) : TimeSpan.MaxValue;
}

/// <summary>A key to be stored. A class: a record would print it.</summary>
internal sealed class NewKey
{
    internal Guid Id { get; init; } = Guid.CreateVersion7();

    internal required string Text { get; init; }

    internal DateTimeOffset? ValidFrom { get; init; }

    internal DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The bus has made it, so it is shown once.</summary>
    internal bool IsMade { get; init; }

    internal bool IsShared => Text.StartsWith(WebhookSecret.SymmetricPrefix, StringComparison.Ordinal);

    internal string Kind => IsShared ? KeyKinds.Shared : KeyKinds.Pair;

    internal string? PublicKey => WebhookSecret.TryRead(Text, null, null, out var secret) ? secret.PublicKey : null;

    internal static NewKey Of(KeyRequest request) => new()
    {
        Text = request.Key ?? KeyKinds.Make(request.Kind),
        ValidFrom = request.ValidFrom?.ToUniversalTime(),
        ValidUntil = request.ValidUntil?.ToUniversalTime(),
        IsMade = request.Key is null,
    };
}
