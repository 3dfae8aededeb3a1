using ExchangeBus.Contracts;
using ExchangeBus.Dispatch;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Hands out into the subscription's own queues, beside the chain of live deliveries.</summary>
internal sealed class QueueWay(Broker broker, CutBodies bodies, IOptions<BrokerOptions> options) : IJobWay
{
    public Way Way => Way.Queue;

    public IJobCarrier Open(Subscription subscription) => new QueueCarrier(subscription, broker, bodies, options.Value.DeliveryLimit);
}

/// <summary>One channel for as long as it works; another when it was lost.</summary>
internal sealed class QueueCarrier(Subscription subscription, Broker broker, CutBodies bodies, int deliveryLimit) : IJobCarrier
{
    // What waits in a queue cannot be stopped any more, and live deliveries wait behind it.
    private const int MaxWaiting = 1_000;
    private static readonly TimeSpan LongestConfirm = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyDictionary<long, string> None = new Dictionary<long, string>();

    private IChannel? _channel;
    private Confirms? _confirms;

    public async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        for (var partition = 0; partition < subscription.Partitions; partition++)
        {
            if ((await channel.QueueDeclarePassiveAsync(subscription.QueueOf(partition), cancellationToken)).MessageCount >= MaxWaiting)
                return false;
        }

        return true;
    }

    public async Task<IReadOnlyDictionary<long, string>> CarryAsync(IReadOnlyList<JobDelivery> deliveries, Func<bool> mayLeave, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken);
        foreach (var delivery in deliveries)
        {
            if (!mayLeave())
                throw new OperationCanceledException("The rules have changed.");
            var logged = delivery.Logged;
            var properties = new BasicProperties
            {
                ContentType = CloudEventJson.MediaType,
                DeliveryMode = DeliveryModes.Persistent,
                // Tells this delivery from every other one of the event, should it come back as a dead letter.
                MessageId = $"{delivery.Job:N}.{Guid.CreateVersion7():N}",
            };
            _confirms!.Published(await channel.GetNextPublishSequenceNumberAsync(cancellationToken));
            var body = DeliveryBody.Of(logged, bodies.Of(logged, delivery.Cut), previous: null, delivery.ReplayId);
            await channel.BasicPublishAsync("", subscription.QueueOf(logged.Lane % subscription.Partitions), mandatory: true, properties, body, cancellationToken);
        }

        await _confirms!.AllAsync().WaitAsync(LongestConfirm, cancellationToken);
        return None;
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
            await _channel.DisposeAsync();
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true })
            return _channel;
        if (_channel is not null)
            await _channel.DisposeAsync();
        var channel = _channel = await broker.OpenChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
        var confirms = _confirms = new Confirms();
        channel.BasicAcksAsync += (_, e) => { confirms.Confirmed(e.DeliveryTag, e.Multiple); return Task.CompletedTask; };
        channel.BasicNacksAsync += (_, _) => { confirms.Failed("The broker did not take a delivery."); return Task.CompletedTask; };
        channel.BasicReturnAsync += (_, _) => { confirms.Failed("A queue of the subscription is gone."); return Task.CompletedTask; };
        channel.ChannelShutdownAsync += (_, e) => { confirms.Failed($"The broker closed the channel: {e.ReplyText}"); return Task.CompletedTask; };
        await SubscriptionQueues.DeclareAsync(channel, subscription, deliveryLimit, cancellationToken);
        return channel;
    }
}
