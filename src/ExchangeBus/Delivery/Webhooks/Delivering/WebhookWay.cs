using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Delivery.Webhooks.Endpoints;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Dispatch;
using ExchangeBus.Subscriptions;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Hands out what a job takes up again by calling the webhook, beside its live deliveries and with the same circuit, places and rate.</summary>
internal sealed class WebhookWay(PumpParts parts, EndpointStore endpoints, WebhookSender sender, EndpointStates states, CutBodies bodies, TimeProvider time) : IJobWay
{
    public Way Way => Way.Webhook;

    public IJobCarrier Open(Subscription subscription) => new WebhookCarrier(subscription, parts, endpoints, sender, states, bodies, time);
}

/// <summary>Calls for one job. An event that the receiver does not take after five attempts is given back, so that it stops nothing but itself.</summary>
internal sealed class WebhookCarrier(
    Subscription subscription, PumpParts parts, EndpointStore endpoints, WebhookSender sender, EndpointStates states, CutBodies bodies, TimeProvider time) : IJobCarrier
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPiece = TimeSpan.FromMilliseconds(250);

    public async Task<bool> HasRoomAsync(CancellationToken cancellationToken) =>
        await endpoints.FindAsync(subscription.Name, cancellationToken) is not null && !(states.Find(subscription.Name)?.OpenUntil > time.GetUtcNow());

    public async Task<IReadOnlyDictionary<long, string>> CarryAsync(IReadOnlyList<JobDelivery> deliveries, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        var endpoint = await FindAsync(cancellationToken);
        // Events of one key one after the other, others side by side as far as the endpoint has places.
        var lines = deliveries.GroupBy(d => subscription.IsOrdered ? OrderKey.Of(d.Logged) : OrderKey.OfItsOwn(d.Logged));
        var refused = await Task.WhenAll(lines.Select(line => CarryLineAsync(endpoint, [.. line], mayLeave, cancellationToken)));
        return refused.SelectMany(r => r).ToDictionary();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Dictionary<long, string>> CarryLineAsync(WebhookEndpoint endpoint, IReadOnlyList<JobDelivery> line, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<long, string>();
        foreach (var delivery in line)
        {
            if (await SendAsync(endpoint, delivery, mayLeave, cancellationToken) is { } failure)
                refused.Add(delivery.Logged.Sequence, failure);
        }

        return refused;
    }

    // Address and keys may have changed between two attempts.
    private async Task<WebhookEndpoint> FindAsync(CancellationToken cancellationToken) =>
        (await endpoints.FindAsync(subscription.Name, cancellationToken))?.Endpoint ?? throw new InvalidOperationException($"{subscription.Name} has no webhook any more.");

    /// <summary>Null when it was taken, else the code of the last failure.</summary>
    private async Task<string?> SendAsync(WebhookEndpoint endpoint, JobDelivery delivery, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        var body = DeliveryBody.Of(delivery.Logged, bodies.Of(delivery.Logged, delivery.Cut), previous: null, delivery.ReplayId);
        var message = WebhookDelivery.Of(subscription.Name, delivery.Logged.Sequence, body);
        // A redrive is the delivery that failed; a replay must not be taken for a repeat of it.
        if (delivery.ReplayId is not null)
            message = WebhookDelivery.WithId($"{message.Id}_{delivery.Job:N}", body);
        for (var attempt = 1; ;)
        {
            if (!mayLeave())
                throw new OperationCanceledException("The rules have changed.");
            var outcome = await sender.SendAsync(endpoint, message, mayLeave, cancellationToken);
            if (outcome.Result == WebhookResult.Delivered)
                return null;
            if (outcome.Result == WebhookResult.Gone)
                await parts.EndAsync(subscription, cancellationToken);
            if (outcome.Result != WebhookResult.Postponed && attempt++ == MostAttempts)
                return outcome.Failure?.Code ?? "refused";
            var pause = outcome.Result == WebhookResult.Postponed ? ShortestWait : FirstPause * Math.Pow(2, attempt - 2);
            var asked = (outcome.NotBefore ?? default) - time.GetUtcNow();
            // In pieces: the rules may be others long before the receiver's time is over.
            for (var left = asked > pause ? asked : pause; left > TimeSpan.Zero && mayLeave(); left -= LongestPiece)
                await Task.Delay(left < LongestPiece ? left : LongestPiece, time, cancellationToken);
            endpoint = await FindAsync(cancellationToken);
        }
    }
}
