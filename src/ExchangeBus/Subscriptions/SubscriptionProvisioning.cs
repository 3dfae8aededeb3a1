using ExchangeBus.Agencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Subscriptions;

/// <summary>Brings the configured subscriptions into the database. A new one starts at the end of the log.</summary>
internal sealed class SubscriptionProvisioning(IOptions<AgenciesOptions> options, SubscriptionStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var agency in options.Value.Agencies)
        {
            foreach (var configured in agency.Subscriptions)
            {
                var subscription = new Subscription($"{agency.Code}.{configured.Name}", agency.Code, [.. configured.Types], configured.Partitions);
                await store.SaveAsync(subscription, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
