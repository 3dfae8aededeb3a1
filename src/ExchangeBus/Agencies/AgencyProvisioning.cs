using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>Brings the configured agencies into the database and the broker before any door opens; the broker later where it is away.</summary>
internal sealed class AgencyProvisioning(
    IOptions<AgenciesOptions> options,
    IOptions<BrokerOptions> brokerOptions,
    AgencyStore store,
    CredentialStore credentials,
    DirectoryRefresh directory,
    Broker broker,
    BrokerUsers brokerUsers,
    TimeProvider time,
    ILogger<AgencyProvisioning> logger) : BrokerProvisioning(time, logger)
{
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!brokerUsers.CanManage)
            logger.BrokerUsersNotManaged();
        foreach (var agency in options.Value.Agencies)
        {
            foreach (var system in await store.SaveAsync(agency))
                logger.SystemStaysWithdrawn($"{agency.Code}.{system}");
        }

        var configured = options.Value.Agencies.SelectMany(a => a.Systems.Select(s => $"{a.Code}.{s.System}"));
        foreach (var withdrawn in await store.WithdrawOthersAsync(configured, Time.GetUtcNow()))
            logger.SystemWithdrawn(withdrawn);
        await credentials.SaveAsync([.. options.Value.Agencies], Time.GetUtcNow());
        await directory.LoadAsync(cancellationToken);
    }

    protected override async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        await using var channel = await broker.OpenChannelAsync(null, cancellationToken);
        await Topology.DeclareAsync(channel, brokerOptions.Value.DeliveryLimit, cancellationToken);
        foreach (var agency in options.Value.Agencies)
            await Topology.DeclareReceiptsAsync(channel, agency.Code, brokerOptions.Value.DeliveryLimit, cancellationToken);
        if (!brokerUsers.CanManage)
            return;

        // All that were ever withdrawn: the host that withdrew one may have ended before the broker answered.
        var withdrawn = (await store.WithdrawnAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var agency in options.Value.Agencies)
        {
            foreach (var system in agency.Systems)
            {
                var user = $"{agency.Code}.{system.System}";
                if (system.BrokerPassword is { Length: > 0 } password && !withdrawn.Contains(user))
                    await brokerUsers.EnsureAsync(agency.Code, user, password, cancellationToken);
                else
                    withdrawn.Add(user);
            }
        }

        foreach (var user in withdrawn)
            await brokerUsers.RemoveAsync(user, cancellationToken);
    }
}
