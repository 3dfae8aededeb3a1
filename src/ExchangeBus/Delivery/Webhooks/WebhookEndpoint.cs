using ExchangeBus.Delivery.Webhooks.Signing;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>Where and how one subscription is called. <see cref="WebhookSettings.Read"/> makes it from what somebody asks for.</summary>
internal sealed record WebhookEndpoint
{
    internal const int MostConcurrency = 64;
    internal const int MostKeys = 8;
    internal const int MostRate = 10_000_000;

    internal static readonly TimeSpan ShortestTimeLimit = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan LongestTimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Name of its subscription; what is remembered of the endpoint is remembered under it, and logs show it.</summary>
    internal required string Name { get; init; }

    /// <summary>An https address without user or fragment. It is never logged: its query may hold a token.</summary>
    internal required Uri Address { get; init; }

    /// <summary>One to eight keys; all that are valid at the time of an attempt sign it.</summary>
    internal required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>Attempts at once, from each process. Default 4, 1 to 64.</summary>
    internal int Concurrency { get; init; } = 4;

    /// <summary>For an attempt, connecting included. Default 15 s, 1 s to 60 s (Standard Webhooks asks for 15 to 30 s).</summary>
    internal TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Requests a minute that the receiver allows, from each process. Null, the default: without limit. Up to 10,000,000.</summary>
    internal int? RequestsPerMinute { get; init; }

    /// <summary>For how long after its first failure a delivery is tried again. Default 72 h, 1 min to 30 days.</summary>
    internal TimeSpan RetryFor { get; init; } = RetrySchedule.DefaultDuration;
}
