using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Lets any number of messages wait for the database with one connection attempt a second between them.</summary>
internal sealed class DatabaseAvailability(StorageDataSource dataSource, TimeProvider timeProvider, StorageLogger<DatabaseAvailability> logger)
{
    private const string PingSql = "select 1";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<bool>? _waiting;

    /// <summary>Returns when the database answers. True when it did not answer at first.</summary>
    public Task<bool> WaitUntilReachableAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting is null or { IsCompleted: true })
                _waiting = Task.Run(WaitAsync, CancellationToken.None);
            return _waiting.WaitAsync(cancellationToken);
        }
    }

    private async Task<bool> WaitAsync()
    {
        var sawOutage = false;
        while (await PingAsync() is { } error)
        {
            if (!sawOutage)
                logger.DatabaseAway(error);
            sawOutage = true;
            await Task.Delay(Interval, timeProvider);
        }
        if (sawOutage)
            logger.DatabaseBack();
        return sawOutage;
    }

    private async Task<Exception?> PingAsync()
    {
        try
        {
            await using var command = dataSource.Value.CreateCommand(PingSql);
            await command.ExecuteScalarAsync();
            return null;
        }
        catch (NpgsqlException e) when (DatabaseErrors.IsConnectionLost(e))
        {
            return e;
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException)
        {
            // Not an outage: the message that waits must see what is wrong.
            return null;
        }
    }
}
