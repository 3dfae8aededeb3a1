using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>What becomes of the rows of the outbox after an attempt to deliver them.</summary>
internal sealed class OutboxRows
{
    private const string DeleteSql = """
        delete from {schema}.outbox where id = any($1::uuid[])
        """;

    private const string ReleaseSql = """
        update {schema}.outbox set lease_until = $2 where id = any($1::uuid[])
        """;

    // Doubled with each attempt, from 1 second to 1 minute.
    private const string PutOffSql = """
        update {schema}.outbox
        set lease_until = $2 + least(interval '1 second' * 2 ^ least(attempts, 10), interval '1 minute'), attempts = attempts + 1, last_error = $3
        where id = $1
        """;

    private const string FindGoneSql = """
        select u.id from unnest($1::uuid[]) as u (id) where not exists (select from {schema}.outbox o where o.id = u.id)
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OutboxRows> _logger;
    private readonly Coalescer<Guid> _remover;
    private readonly string _delete;
    private readonly string _release;
    private readonly string _putOff;
    private readonly string _findGone;

    public OutboxRows(StorageDataSource dataSource, PostgreSqlStorageOptions options, TimeProvider timeProvider, StorageLogger<OutboxRows> logger)
    {
        (_dataSource, _timeProvider, _logger) = (dataSource.Value, timeProvider, logger);
        _delete = DeleteSql.InSchema(options.Schema);
        _release = ReleaseSql.InSchema(options.Schema);
        _putOff = PutOffSql.InSchema(options.Schema);
        _findGone = FindGoneSql.InSchema(options.Schema);
        // Removal is not on anybody's path, so one statement at a time lets the most share it.
        _remover = new Coalescer<Guid>(RemoveAsync, parallel: 1, limit: 1000);
    }

    /// <summary>Removes the row of a delivered message, some time soon.</summary>
    public void Remove(Guid id) => _remover.Post(id);

    /// <summary>Returns when everything that was to be removed is removed.</summary>
    public Task WhenRemovedAsync() => _remover.WhenIdleAsync();

    /// <summary>Which of these have no row.</summary>
    public async Task<HashSet<Guid>> FindGoneAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = _dataSource.CreateCommand(_findGone);
        command.Parameters.Add(Commands.Array(ids, NpgsqlDbType.Uuid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var gone = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            gone.Add(reader.GetGuid(0));
        return gone;
    }

    /// <summary>Gives up the lease.</summary>
    public Task LeaveToSweepAsync(IReadOnlyList<OutgoingMessage> messages) => messages.Count == 0 ? Task.CompletedTask : WriteAsync(_release,
        Commands.Array(messages.Select(x => x.Id).ToArray(), NpgsqlDbType.Uuid),
        new NpgsqlParameter<DateTime> { TypedValue = _timeProvider.GetUtcNow().UtcDateTime });

    /// <summary>Notes a failed attempt; the next one is after a while that doubles.</summary>
    public Task PutOffAsync(OutgoingMessage message, Exception exception) => WriteAsync(_putOff,
        new NpgsqlParameter<Guid> { TypedValue = message.Id },
        new NpgsqlParameter<DateTime> { TypedValue = _timeProvider.GetUtcNow().UtcDateTime },
        new NpgsqlParameter<string> { TypedValue = exception.GetType().Name + ": " + exception.Message });

    private async Task WriteAsync(string sql, params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var command = _dataSource.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException)
        {
            // Then the lease runs out by itself.
            _logger.HandOverFailed(1, e);
        }
    }

    private async Task RemoveAsync(IReadOnlyList<Guid> ids)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = _dataSource.CreateCommand(_delete);
                command.Parameters.Add(Commands.Array(ids.ToArray(), NpgsqlDbType.Uuid));
                await command.ExecuteNonQueryAsync();
                return;
            }
#pragma warning disable CA1031 // The edge of a background loop.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.RemoveFailed(e);
                if (attempt == 10)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), _timeProvider);
            }
        }
    }
}
