using ExchangeBus.Agencies;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions;

/// <summary>Brings the configured subscriptions into the database and the broker. A new one starts at the end of the log.</summary>
internal sealed class SubscriptionProvisioning(
    IOptions<AgenciesOptions> options, IOptions<BrokerOptions> brokerOptions, SubscriptionStore store, Broker broker,
    TimeProvider time, ILogger<SubscriptionProvisioning> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var names = options.Value.Agencies.SelectMany(a => a.Subscriptions.Select(s => $"{a.Code}.{s.Name}"));
        foreach (var withdrawn in await store.WithdrawOthersAsync(names, time.GetUtcNow(), cancellationToken))
            logger.SubscriptionWithdrawn(withdrawn);
        await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
        foreach (var agency in options.Value.Agencies)
        {
            foreach (var configured in agency.Subscriptions)
            {
                var subscription = new Subscription($"{agency.Code}.{configured.Name}", agency.Code, [.. configured.Types], configured.Partitions);
                await store.SaveAsync(subscription, cancellationToken);
                // A subscriber may connect before the dispatcher has begun.
                for (var partition = 0; partition < subscription.Partitions; partition++)
                    await Topology.DeclareQueueAsync(channel, subscription.QueueOf(partition), brokerOptions.Value.DeliveryLimit, subscription.SingleActiveConsumer, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
