using System.Globalization;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Delivery.Webhooks.Sending;
using ExchangeBus.Delivery.Webhooks.Signing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>Makes one attempt to deliver. Remembers nothing but how the endpoint does; what comes next is the caller's to decide.</summary>
internal sealed class WebhookSender(
    WebhookTransport transport, EndpointStates states, IOptions<WebhooksOptions> options, TimeProvider time, ILogger<WebhookSender> logger)
{
    private const string ContentType = "application/cloudevents+json; charset=utf-8";

    private readonly string _origin = options.Value.Origin;

    /// <summary>Waits for a free place at the endpoint, then tries once.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="delivery">What.</param>
    /// <param name="mayLeave">Asked when the place is free, for it may have taken long; false postpones.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OperationCanceledException">It was told to stop. The receiver may have got the delivery all the same.</exception>
    internal async Task<WebhookOutcome> SendAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        var state = states.Of(endpoint);
        await state.Gate.EnterAsync(endpoint.Concurrency, cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (!mayLeave())
                return Postponed(now, AttemptFailure.TakenBack, now);
            var permit = state.Circuit.Enter();
            if (permit.NotBefore is { } notBefore)
                return Postponed(now, AttemptFailure.CircuitOpen, notBefore);
            WebhookOutcome? outcome = null;
            try
            {
                var wait = state.Rate.Take(endpoint.RequestsPerMinute);
                return outcome = wait > TimeSpan.Zero
                    ? Postponed(now, AttemptFailure.RateReached, now + wait)
                    : await TryAsync(endpoint, delivery, now, cancellationToken);
            }
            finally
            {
                Remember(endpoint, state.Circuit, permit, outcome);
            }
        }
        finally
        {
            state.Gate.Leave(endpoint.Concurrency);
        }
    }

    private async Task<WebhookOutcome> TryAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timestamp = now.ToUnixTimeSeconds();
        // Of the attempt, not of the event: receivers refuse what is older than some minutes.
        if (WebhookSignature.Write(endpoint.Secrets, now, delivery.Id, timestamp, delivery.Body.Span) is not { } signature)
            return new WebhookOutcome(WebhookResult.Retry, now, TimeSpan.Zero, null, AttemptFailure.NoKey, IsRefusing: true, null);

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address) { Content = new ReadOnlyMemoryContent(delivery.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.TryAddWithoutValidation("webhook-id", delivery.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", signature);
        request.Headers.TryAddWithoutValidation(WebhookHandshake.RequestOrigin, _origin);

        var started = time.GetTimestamp();
        var (answer, failure) = await transport.ExchangeAsync(request, endpoint.TimeLimit, cancellationToken);
        using (answer)
        {
            var duration = time.GetElapsedTime(started);
            if (answer is null)
                return new WebhookOutcome(WebhookResult.Retry, now, duration, null, failure, IsRefusing: false, null);
            var status = (int)answer.StatusCode;
            var (result, reason, isRefusing) = WebhookAnswers.Classify(status);
            var notBefore = WebhookAnswers.MayAskForTime(status) ? RetryAfter.Read(answer.Headers, time.GetUtcNow()) : null;
            return new WebhookOutcome(result, now, duration, status, reason, isRefusing, notBefore);
        }
    }

    private void Remember(WebhookEndpoint endpoint, CircuitBreaker circuit, CircuitPermit permit, WebhookOutcome? outcome)
    {
        switch (outcome)
        {
            case { Result: WebhookResult.Delivered }:
                if (circuit.Succeeded(permit))
                    logger.WebhookAnswersAgain(endpoint.Name);
                break;
            // A key that is missing here is no fault of the receiver.
            case { Result: WebhookResult.Retry, Failure: { } failure } when failure != AttemptFailure.NoKey:
                if (circuit.Failed(permit, outcome.NotBefore))
                    logger.WebhookLeftAlone(endpoint.Name, failure.Code, outcome.Status);
                break;
            default:
                circuit.Abandoned(permit);
                break;
        }
    }

    private static WebhookOutcome Postponed(DateTimeOffset now, AttemptFailure reason, DateTimeOffset notBefore) =>
        new(WebhookResult.Postponed, now, TimeSpan.Zero, null, reason, IsRefusing: false, notBefore);
}
