using ExchangeBus.Log;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>A delivery that waits (table <c>waiting_delivery</c>).</summary>
internal sealed record WaitingRow
{
    public required long Sequence { get; init; }

    public required string OrderKey { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The delivery before it.</summary>
    public required long Previous { get; init; }

    /// <summary>Attempts that have failed.</summary>
    public int Attempt { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>Null behind an earlier one of its key.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public string? Failure { get; init; }

    public int? Status { get; init; }

    /// <summary>One that was never tried.</summary>
    internal static WaitingRow Behind(LoggedEvent logged, string key, long previous) => new()
    {
        Sequence = logged.Sequence,
        OrderKey = key,
        Type = logged.Type,
        RecordedAt = logged.RecordedAt,
        Previous = previous,
    };

    /// <summary>After one more attempt that has failed; without <see cref="NextAt"/> when there is no other.</summary>
    internal WaitingRow After(WebhookOutcome outcome, DateTimeOffset now, RetrySchedule schedule)
    {
        var (first, attempt) = (FirstFailedAt ?? now, Attempt + 1);
        return this with
        {
            Attempt = attempt,
            FirstFailedAt = first,
            NextAt = schedule.NextAt(first, attempt, now, outcome.NotBefore),
            Failure = outcome.Failure!.Code,
            Status = outcome.Status,
        };
    }
}

/// <summary>An attempt that did not deliver (table <c>delivery_attempt</c>).</summary>
internal sealed record FailedAttempt(long Sequence, DateTimeOffset At, string Failure, int? Status, TimeSpan Duration)
{
    internal static FailedAttempt Of(long sequence, WebhookOutcome outcome) => new(sequence, outcome.At, outcome.Failure!.Code, outcome.Status, outcome.Duration);
}

/// <summary>The last attempt of a delivery that is given up.</summary>
internal sealed record DeadAttempt(WaitingRow Row, DateTimeOffset At, TimeSpan Duration);
