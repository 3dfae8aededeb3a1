using System.Globalization;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Keeps a partition of the inbox ready for each coming day and drops those that are older than the retention. Nothing is ever deleted row by row,
/// but for the default partition, which only has rows when this work did not run for days.
/// </summary>
internal sealed class InboxPartitions(StorageDataSource dataSource, PostgreSqlStorageOptions options, TimeProvider timeProvider, StorageLogger<InboxPartitions> logger)
    : BackgroundService
{
    private const int DaysAhead = 3;

    private const string LockSql = "select pg_advisory_xact_lock(hashtextextended($1, 7150238475))";

    // Dropping waits for the readers of the whole inbox; rather try again in an hour than make them queue behind it.
    private const string LockTimeoutSql = "set local lock_timeout = '2s'";

    private const string ListSql = """
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = to_regclass($1) and c.relname like 'inbox\_2%'
        """;

    private const string CreateSql = """
        create table if not exists {schema}.{partition} partition of {schema}.inbox for values from ('{from}') to ('{to}')
        """;

    private const string DropSql = "drop table {schema}.{partition}";

    private const string TrimDefaultSql = """
        delete from {schema}.inbox_default where ctid = any(array(
            select ctid from {schema}.inbox_default where day < $1 limit 10000))
        """;

    /// <summary>Today's partition must be there before the first message: once the default partition has rows of a day, the day cannot be split off.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryMaintainAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryMaintainAsync(stoppingToken);
    }

    private async Task TryMaintainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MaintainAsync(cancellationToken);
        }
#pragma warning disable CA1031 // The edge of a background loop.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.InboxMaintenanceFailed(e);
        }
    }

    /// <summary>Creates and drops what is due today.</summary>
    internal async Task MaintainAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        await using var connection = await dataSource.Value.OpenConnectionAsync(cancellationToken);
        var existing = await ListAsync(connection, cancellationToken);
        for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
        {
            if (!existing.Contains(NameOf(day)))
                await AlterAsync(connection, Fill(CreateSql, day), cancellationToken);
        }
        foreach (var name in existing.Where(x => string.CompareOrdinal(x, NameOf(today.AddDays(-options.InboxRetentionDays))) < 0))
            await AlterAsync(connection, Fill(DropSql, DateOnly.ParseExact(name, "'inbox_'yyyyMMdd", CultureInfo.InvariantCulture)), cancellationToken);
        await TrimDefaultAsync(connection, cancellationToken);
    }

    private static async Task<HashSet<string>> ListAsync(NpgsqlConnection connection, string parent, CancellationToken cancellationToken)
    {
        await using var list = new NpgsqlCommand(ListSql, connection);
        list.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parent });
        await using var reader = await list.ExecuteReaderAsync(cancellationToken);
        var names = new HashSet<string>();
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        return names;
    }

    private Task<HashSet<string>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ListAsync(connection, SqlNames.Quote(options.Schema) + ".inbox", cancellationToken);

    private async Task AlterAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockTimeoutSql));
        batch.BatchCommands.Add(Commands.Create(LockSql, new NpgsqlParameter<string> { TypedValue = options.Schema }));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.CheckViolation)
        {
            // Rows of the day are in the default partition already, and a range that has some cannot be split off.
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.InsufficientPrivilege)
        {
            // Another process dropped it first, the table is busy, or it belongs to another role: then the rows of the day are in the default partition.
            logger.InboxPartitionBusy(e.SqlState);
        }
    }

    private async Task TrimDefaultAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var trim = new NpgsqlCommand(TrimDefaultSql.InSchema(options.Schema), connection);
        trim.Parameters.Add(new NpgsqlParameter<DateOnly>
        {
            TypedValue = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime).AddDays(-options.InboxRetentionDays),
        });
        while (await trim.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
        }
    }

    private string Fill(string sql, DateOnly day) => sql.InSchema(options.Schema)
        .Replace("{partition}", NameOf(day), StringComparison.Ordinal)
        .Replace("{from}", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{to}", day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string NameOf(DateOnly day) => day.ToString("'inbox_'yyyyMMdd", CultureInfo.InvariantCulture);
}
