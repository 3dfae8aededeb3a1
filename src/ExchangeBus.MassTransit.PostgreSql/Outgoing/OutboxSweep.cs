using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Takes over rows whose lease has run out, in order per key, and delivers them.</summary>
internal sealed class OutboxSweep : BackgroundService
{
    private const string LockSql = """
        select pg_try_advisory_xact_lock(hashtextextended($1, 7150238476))
        """;

    private const string HeadSql = """
        select id, ordering_key, lease_until < $1 from {schema}.outbox order by seq limit 1000
        """;

    private const string TakeSql = """
        with free as (
            select id from {schema}.outbox where id = any($1::uuid[]) and lease_until < $4 for update skip locked),
        taken as (
            update {schema}.outbox o set owner = $2, lease_until = $3 from free where o.id = free.id
            returning o.id, o.ordering_key, o.message, o.body, o.seq)
        select id, ordering_key, message::text, body from taken order by seq
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly OutboxDelivery _delivery;
    private readonly PostgreSqlStorageOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OutboxSweep> _logger;
    private readonly string _head;
    private readonly string _take;

    public OutboxSweep(StorageDataSource dataSource, OutboxDelivery delivery, PostgreSqlStorageOptions options, TimeProvider timeProvider,
        ILogger<OutboxSweep> logger)
    {
        (_dataSource, _delivery, _options, _timeProvider, _logger) = (dataSource.Value, delivery, options, timeProvider, logger);
        _head = HeadSql.InSchema(options.Schema);
        _take = TakeSql.InSchema(options.Schema);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.OutboxSweepInterval, _timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken))
                {
                }
            }
#pragma warning disable CA1031 // The edge of a background loop.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _logger.SweepFailed(e);
            }
        }
    }

    /// <summary>Delivers one round of leftovers. True when there may be more; false when there is none or the broker is away.</summary>
    internal async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        var messages = await TakeAsync(cancellationToken);
        if (messages.Count == 0)
            return false;
        _logger.SweepTookOver(messages.Count);
        return await _delivery.DeliverLeftoversAsync(messages, cancellationToken);
    }

    private async Task<List<OutgoingMessage>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        var free = await ReadFreeAsync(connection, now, cancellationToken);
        if (free.Count == 0)
            return [];

        // One sweep at a time: two that pick side by side could split the messages of a key between them.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand(LockSql, connection);
        tryLock.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _options.Schema });
        if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
            return [];
        free = await ReadFreeAsync(connection, now, cancellationToken);

        var messages = new List<OutgoingMessage>();
        await using (var take = new NpgsqlCommand(_take, connection))
        {
            take.Parameters.Add(Commands.Array(free.ToArray(), NpgsqlDbType.Uuid));
            take.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = _delivery.Owner });
            take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = (now + _options.OutboxLease).UtcDateTime });
            take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            await using var reader = await take.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                messages.Add(StoredMessage.Read(reader));
        }
        await transaction.CommitAsync(cancellationToken);
        return messages;
    }

    /// <summary>The head of the table without leased rows and without anything that stands behind a leased row of its key.</summary>
    private async Task<List<Guid>> ReadFreeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var head = new NpgsqlCommand(_head, connection);
        head.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        await using var reader = await head.ExecuteReaderAsync(cancellationToken);
        var blocked = new HashSet<string>();
        var free = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = reader.IsDBNull(1) ? null : reader.GetString(1);
            if (!reader.GetBoolean(2))
            {
                if (key is not null)
                    blocked.Add(key);
            }
            else if (key is null || !blocked.Contains(key))
            {
                free.Add(reader.GetGuid(0));
            }
        }
        return free;
    }
}
