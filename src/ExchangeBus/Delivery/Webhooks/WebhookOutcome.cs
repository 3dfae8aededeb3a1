namespace ExchangeBus.Delivery.Webhooks;

/// <summary>What to do with a delivery now.</summary>
internal enum WebhookResult
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>The receiver has retired (410): end the subscription.</summary>
    Gone,

    /// <summary>An attempt has failed: ask <see cref="RetrySchedule"/> when to make the next.</summary>
    Retry,

    /// <summary>No attempt was made; come back at <see cref="WebhookOutcome.NotBefore"/>. It counts as none.</summary>
    Postponed,
}

/// <summary>One attempt, to be kept as it is: no body, no address, nothing of a person.</summary>
/// <param name="Result">What to do now.</param>
/// <param name="At">When it began.</param>
/// <param name="Duration">Until the answer, or until it was given up; zero when none was made.</param>
/// <param name="Status">HTTP status, or null when no answer came.</param>
/// <param name="Failure">Why it is not delivered, or null when it is.</param>
/// <param name="IsRefusing">True when a person has to do something at the receiver or at its settings.</param>
/// <param name="NotBefore">Before when there must be no other attempt: what <c>Retry-After</c> asked, at most 24 h away, or the end of a postponement.</param>
internal sealed record WebhookOutcome(
    WebhookResult Result, DateTimeOffset At, TimeSpan Duration, int? Status, AttemptFailure? Failure, bool IsRefusing, DateTimeOffset? NotBefore);
