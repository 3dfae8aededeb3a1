using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>Brings the configured agencies into the database and the broker before any door opens.</summary>
internal sealed class AgencyProvisioning(
    IOptions<AgenciesOptions> options,
    IOptions<BrokerOptions> brokerOptions,
    AgencyStore store,
    CredentialStore credentials,
    DirectoryRefresh directory,
    Broker broker,
    BrokerUsers brokerUsers,
    TimeProvider time,
    ILogger<AgencyProvisioning> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
        await Topology.DeclareAsync(channel, brokerOptions.Value.DeliveryLimit, cancellationToken);
        if (!brokerUsers.CanManage)
            logger.BrokerUsersNotManaged();

        foreach (var agency in options.Value.Agencies)
        {
            var stayWithdrawn = await store.SaveAsync(agency);
            foreach (var system in stayWithdrawn)
                logger.SystemStaysWithdrawn($"{agency.Code}.{system}");
            await Topology.DeclareReceiptsAsync(channel, agency.Code, brokerOptions.Value.DeliveryLimit, cancellationToken);
            if (brokerUsers.CanManage)
            {
                foreach (var system in agency.Systems)
                {
                    if (system.BrokerPassword is { Length: > 0 } password && !stayWithdrawn.Contains(system.System))
                        await brokerUsers.EnsureAsync(agency.Code, $"{agency.Code}.{system.System}", password, cancellationToken);
                    else
                        await brokerUsers.RemoveAsync($"{agency.Code}.{system.System}", cancellationToken);
                }
            }
        }

        var configured = options.Value.Agencies.SelectMany(a => a.Systems.Select(s => $"{a.Code}.{s.System}"));
        foreach (var withdrawn in await store.WithdrawOthersAsync(configured, time.GetUtcNow()))
        {
            logger.SystemWithdrawn(withdrawn);
            if (brokerUsers.CanManage)
                await brokerUsers.RemoveAsync(withdrawn, cancellationToken);
        }

        await credentials.SaveAsync([.. options.Value.Agencies], time.GetUtcNow());
        await directory.LoadAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
