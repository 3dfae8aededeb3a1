using ExchangeBus.Agencies;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions;

/// <summary>Brings the configured subscriptions into the database and the broker. A new one starts at the end of the log, also while the broker is away.</summary>
internal sealed class SubscriptionProvisioning(
    IOptions<AgenciesOptions> options, IOptions<BrokerOptions> brokerOptions, SubscriptionStore store, Broker broker,
    TimeProvider time, ILogger<SubscriptionProvisioning> logger) : BrokerProvisioning(time, logger)
{
    private IEnumerable<Subscription> Configured => options.Value.Agencies.SelectMany(
        a => a.Subscriptions.Select(s => new Subscription($"{a.Code}.{s.Name}", a.Code, [.. s.Types], s.Partitions)));

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var withdrawn in await store.WithdrawOthersAsync(Configured.Select(s => s.Name), Time.GetUtcNow(), cancellationToken))
            logger.SubscriptionWithdrawn(withdrawn);
        foreach (var subscription in Configured)
            await store.SaveAsync(subscription, cancellationToken);
    }

    protected override async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
        foreach (var subscription in Configured)
        {
            // A subscriber may connect before the dispatcher has begun.
            for (var partition = 0; partition < subscription.Partitions; partition++)
                await Topology.DeclareQueueAsync(channel, subscription.QueueOf(partition), brokerOptions.Value.DeliveryLimit, subscription.SingleActiveConsumer, cancellationToken);
        }
    }
}
