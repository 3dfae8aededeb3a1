using ExchangeBus.Agencies;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions;

/// <summary>Brings the configured subscriptions into the database and the queues of all into the broker. A new one starts at the end of the log, also while the broker is away.</summary>
internal sealed class SubscriptionProvisioning(
    IOptions<AgenciesOptions> options, IOptions<BrokerOptions> brokerOptions, ConfiguredSubscriptions configured, DeliveryRules rules, BrokerRights rights, Broker broker,
    TimeProvider time, ILogger<SubscriptionProvisioning> logger) : BrokerProvisioning(time, logger)
{
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        string[] names = [.. options.Value.Agencies.SelectMany(a => a.Subscriptions.Select(s => $"{a.Code}.{s.Name}"))];
        foreach (var ended in await configured.EndOthersAsync(names, cancellationToken))
            logger.SubscriptionWithdrawn(ended);
        foreach (var agency in options.Value.Agencies)
        {
            foreach (var subscription in agency.Subscriptions)
                await configured.SaveAsync(agency.Code, subscription, cancellationToken);
        }

        await rules.RefreshAsync(cancellationToken);
    }

    protected override async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
        foreach (var subscription in rules.Current.Subscriptions.Values.Where(s => s.Flow != Flow.Ended).Select(s => s.Subscription))
            await SubscriptionQueues.DeclareAsync(channel, subscription, brokerOptions.Value.DeliveryLimit, cancellationToken);
        await rights.GrantAsync(cancellationToken);
    }
}
