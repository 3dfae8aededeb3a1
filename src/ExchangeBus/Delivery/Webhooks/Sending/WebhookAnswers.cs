namespace ExchangeBus.Delivery.Webhooks.Sending;

/// <summary>What a status code means (Standard Webhooks, "Delivery success and failure"; CloudEvents HTTP webhook 1.0, section 2.2).</summary>
internal static class WebhookAnswers
{
    internal static (WebhookResult Result, AttemptFailure? Failure, bool IsRefusing) Classify(int status) => status switch
    {
        >= 200 and <= 299 => (WebhookResult.Delivered, null, false),
        410 => (WebhookResult.Gone, AttemptFailure.Gone, false),
        429 => (WebhookResult.Retry, AttemptFailure.Throttled, false),
        503 => (WebhookResult.Retry, AttemptFailure.Unavailable, false),
        408 => (WebhookResult.Retry, AttemptFailure.RequestTimeout, false),
        >= 500 and <= 599 => (WebhookResult.Retry, AttemptFailure.ServerError, false),
        // Tried again all the same: an operator may mend the address or the receiver within the time that there is.
        >= 300 and <= 399 => (WebhookResult.Retry, AttemptFailure.Redirect, true),
        >= 400 and <= 499 => (WebhookResult.Retry, AttemptFailure.Refused, true),
        _ => (WebhookResult.Retry, AttemptFailure.Protocol, false),
    };

    /// <summary>Only where it is asked of everybody for a while; on other answers it is no reason to stop.</summary>
    internal static bool MayAskForTime(int status) => status is 429 or 503;
}
