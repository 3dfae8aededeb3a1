using ExchangeBus.Platform;
using RabbitMQ.Client;

namespace ExchangeBus.Subscriptions;

/// <summary>The queues of a subscription. They are there before the dispatcher begins, because a subscriber may connect at once.</summary>
internal static class SubscriptionQueues
{
    internal static async Task DeclareAsync(IChannel channel, Subscription subscription, int deliveryLimit, CancellationToken cancellationToken)
    {
        if (subscription.Way != Way.Queue)
            return;
        for (var partition = 0; partition < subscription.Partitions; partition++)
            await Topology.DeclareQueueAsync(channel, subscription.QueueOf(partition), deliveryLimit, subscription.SingleActiveConsumer, cancellationToken);
    }
}
