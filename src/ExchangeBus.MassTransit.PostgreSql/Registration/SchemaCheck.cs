using MassTransit;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Refuses to start a host whose tables are missing or older than the code: otherwise every message would be parked as failed.</summary>
internal sealed class SchemaCheck(PostgreSqlStorage storage, StorageLogger<SchemaCheck> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await storage.FindMissingAsync(cancellationToken) is { } missing)
                throw new ConfigurationException($"The storage is not ready: {missing}. Call PostgreSqlStorage.CreateSchemaAsync before the host starts.");
        }
        catch (NpgsqlException e) when (DatabaseErrors.IsConnectionLost(e))
        {
            // A host may start before its database; its messages wait.
            logger.DatabaseAway(e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
