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

    private const string PageSql = """
        select seq, id, ordering_key, case when ordering_key is not null then message::json ->> 'destinationAddress' end, lease_until <= $1
        from {schema}.outbox where seq > $2 order by seq limit 1000
        """;

    private const string TakeSql = """
        with free as (
            select id from {schema}.outbox where id = any($1::uuid[]) and lease_until <= $4 for update skip locked),
        taken as (
            update {schema}.outbox o set owner = $2, lease_until = $3 from free where o.id = free.id
            returning o.id, o.ordering_key, o.message, o.body, o.seq)
        select id, ordering_key, message, body from taken order by seq
        """;

    private const int MostAtOnce = 1000;

    private readonly NpgsqlDataSource _dataSource;
    private readonly OutboxDelivery _delivery;
    private readonly OutboxRows _rows;
    private readonly PostgreSqlStorageOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OutboxSweep> _logger;
    private readonly string _page;
    private readonly string _take;

    public OutboxSweep(StorageDataSource dataSource, OutboxDelivery delivery, OutboxRows rows, PostgreSqlStorageOptions options,
        TimeProvider timeProvider, StorageLogger<OutboxSweep> logger)
    {
        (_dataSource, _delivery, _rows, _options, _timeProvider, _logger) = (dataSource.Value, delivery, rows, options, timeProvider, logger);
        _page = PageSql.InSchema(options.Schema);
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

    /// <summary>Does not leave delivered rows behind, which another process would deliver again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _rows.WhenRemovedAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Delivers one round of leftovers. True when there may be more; false when there is none or the broker is away.</summary>
    internal async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        await _delivery.ForgetGoneAsync(cancellationToken);
        var messages = await TakeAsync(cancellationToken);
        if (messages.Count == 0)
            return false;
        _logger.SweepTookOver(messages.Count);
        return await _delivery.DeliverLeftoversAsync(messages, cancellationToken);
    }

    private async Task<List<OutgoingMessage>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var leaseUntil = now + _options.OutboxLease;
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
            take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = leaseUntil.UtcDateTime });
            take.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
            await using var reader = await take.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                messages.Add(StoredMessage.Read(reader, leaseUntil));
        }
        await transaction.CommitAsync(cancellationToken);
        return messages;
    }

    /// <summary>
    /// The oldest rows without lease that do not stand behind a leased row of their lane. Rows that cannot be delivered are leased while they are put off,
    /// so any number of them may stand before the free ones.
    /// </summary>
    private async Task<List<Guid>> ReadFreeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var blocked = new HashSet<(string Key, string Destination)>();
        var free = new List<Guid>();
        for (long? after = 0; after is not null && free.Count < MostAtOnce;)
            after = await ReadPageAsync(connection, now, after.Value, blocked, free, cancellationToken);
        return free;
    }

    private async Task<long?> ReadPageAsync(NpgsqlConnection connection, DateTimeOffset now, long after,
        HashSet<(string, string)> blocked, List<Guid> free, CancellationToken cancellationToken)
    {
        await using var page = new NpgsqlCommand(_page, connection);
        page.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        page.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        await using var reader = await page.ExecuteReaderAsync(cancellationToken);
        long? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            last = reader.GetInt64(0);
            var isFree = reader.GetBoolean(4);
            if (reader.IsDBNull(2) ? isFree : !IsBlocked((reader.GetString(2), reader.GetString(3)), isFree, blocked))
                free.Add(reader.GetGuid(1));
        }
        return last;
    }

    private static bool IsBlocked((string, string) lane, bool isFree, HashSet<(string, string)> blocked)
    {
        if (!isFree)
            blocked.Add(lane);
        return blocked.Contains(lane);
    }
}
