using ExchangeBus.Agencies.Authentication;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Agencies;

/// <summary>
/// Keeps this node's memory of who may speak at most about a second behind the database, whoever changed it. While the database is
/// away nothing can be accepted either, so that what was read before may hold.
/// </summary>
internal sealed class DirectoryRefresh(
    AgencyStore store, CredentialStore credentials, AgencyDirectory directory, AccessTokenSecrets secrets, UsedTokens usedTokens, TimeProvider time, ILogger<DirectoryRefresh> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);
    private long _version = -1;

    /// <summary>Reads everything, and makes the first secret when there is none.</summary>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await secrets.RotateAsync(cancellationToken);
        // Read before the rest: what changes in between is read again.
        var version = await store.VersionAsync(cancellationToken);
        var systems = await store.LoadAsync(cancellationToken);
        var keys = await credentials.LoadAsync(systems, cancellationToken);
        await secrets.LoadAsync(cancellationToken);
        directory.Replace(systems, keys);
        _version = version;
        logger.DirectoryLoaded(systems.Count, keys.Count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tidied = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(LookEvery, time, stoppingToken);
            try
            {
                if (time.GetElapsedTime(tidied) > TidyEvery)
                {
                    tidied = time.GetTimestamp();
                    await secrets.RotateAsync(stoppingToken);
                    await usedTokens.ForgetExpiredAsync(stoppingToken);
                }

                if (await store.VersionAsync(stoppingToken) != _version)
                    await LoadAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: a node that no longer hears of a withdrawal is worse than any error.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.DirectoryNotRead(e is NpgsqlException ? e.Message : e.ToString());
            }
        }
    }
}
