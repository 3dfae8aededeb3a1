using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Loads a saga and asks the inbox in the same statement, hence in one snapshot: a copy of the message that is committed between two reads
/// could otherwise be missed by the inbox and still find the new version of the saga.
/// </summary>
internal sealed class SagaLoader<TSaga> where TSaga : class, ISaga
{
    // About "n % 1 = 0" see UnitWriter.
    private const string LoadSql = """
        select r.n, exists (select from {schema}.inbox i where i.message_id = r.message_id and i.consumer_id = r.consumer_id),
            s.version, s.data::text
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[]) as r (n, message_id, consumer_id, correlation_id)
        left join {table} s on s.correlation_id = r.correlation_id
        where r.n % 1 = 0
        """;

    private const string LockSql = """
        select version, data::text from {table} where correlation_id = $1 for update
        """;

    // A statement of its own after the lock: one that waits for a lock keeps the snapshot from before the wait.
    private const string IsDuplicateSql = """
        select exists (select from {schema}.inbox i where i.message_id = $1 and i.consumer_id = $2)
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly SagaTable<TSaga> _table;
    private readonly TimeProvider _timeProvider;
    private readonly Coalescer<Request> _coalescer;
    private readonly string _load;
    private readonly string _lock;
    private readonly string _isDuplicate;

    public SagaLoader(StorageDataSource dataSource, SagaTable<TSaga> table, PostgreSqlStorageOptions options, TimeProvider timeProvider)
    {
        (_dataSource, _table, _timeProvider) = (dataSource.Value, table, timeProvider);
        _load = LoadSql.InSchema(options.Schema).Replace("{table}", table.QualifiedName, StringComparison.Ordinal);
        _lock = LockSql.InSchema(options.Schema).Replace("{table}", table.QualifiedName, StringComparison.Ordinal);
        _isDuplicate = IsDuplicateSql.InSchema(options.Schema);
        _coalescer = options.Coalesce
            ? new Coalescer<Request>(RunAsync, options.CoalescedStatements, options.CoalescedMessages)
            : new Coalescer<Request>(RunAsync, int.MaxValue, 1);
    }

    /// <summary>Null when there is no instance, or when the unit turned out to be a duplicate.</summary>
    public async Task<LoadedSaga<TSaga>?> LoadAsync(UnitOfWork unit, Guid correlationId, CancellationToken cancellationToken)
    {
        SagaRow row;
        var askedAt = _timeProvider.GetUtcNow();
        if (_table.Options.Pessimistic)
        {
            row = await LockAsync(unit, correlationId, cancellationToken);
        }
        else
        {
            var request = new Request(unit.MessageId, unit.ConsumerId, correlationId);
            _coalescer.Post(request);
            row = await request.Result.Task;
        }
        if (row.IsDuplicate && !unit.IsDuplicate)
            StorageTelemetry.Duplicate();
        unit.IsDuplicate |= row.IsDuplicate;
        unit.InboxAsked(askedAt);
        return row.IsDuplicate || row.Data is null ? null : new LoadedSaga<TSaga>(_table.Deserialize(row.Data, row.Version), row.Version);
    }

    private async Task<SagaRow> LockAsync(UnitOfWork unit, Guid correlationId, CancellationToken cancellationToken)
    {
        if (unit.Transaction is null)
            await unit.BeginAsync(_dataSource, cancellationToken);
        await using var batch = new NpgsqlBatch(unit.Connection, unit.Transaction);
        batch.BatchCommands.Add(Commands.Create(_lock, new NpgsqlParameter<Guid> { TypedValue = correlationId }));
        batch.BatchCommands.Add(Commands.Create(_isDuplicate,
            new NpgsqlParameter { Value = unit.MessageId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter<Guid> { TypedValue = unit.ConsumerId }));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var row = await reader.ReadAsync(cancellationToken) ? (reader.GetInt32(0), reader.GetString(1)) : (0, null);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new SagaRow(reader.GetBoolean(0), row.Item1, row.Item2);
    }

    private async Task RunAsync(IReadOnlyList<Request> requests)
    {
        var since = _timeProvider.GetTimestamp();
        try
        {
            await using var command = _dataSource.CreateCommand(_load);
            command.Parameters.Add(Commands.Array(Enumerable.Range(0, requests.Count).ToArray(), NpgsqlDbType.Integer));
            command.Parameters.Add(Commands.Array(requests.Select(x => x.MessageId).ToArray(), NpgsqlDbType.Uuid));
            command.Parameters.Add(Commands.Array(requests.Select(x => x.ConsumerId).ToArray(), NpgsqlDbType.Uuid));
            command.Parameters.Add(Commands.Array(requests.Select(x => x.CorrelationId).ToArray(), NpgsqlDbType.Uuid));
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                requests[reader.GetInt32(0)].Result.SetResult(Read(reader));
            StorageTelemetry.Ran("load", requests.Count, _timeProvider.GetElapsedTime(since));
        }
#pragma warning disable CA1031 // Handed to the messages that wait for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var request in requests)
                request.Result.TrySetException(e);
        }
    }

    private static SagaRow Read(NpgsqlDataReader reader) => reader.IsDBNull(2)
        ? new SagaRow(reader.GetBoolean(1), 0, null)
        : new SagaRow(reader.GetBoolean(1), reader.GetInt32(2), reader.GetString(3));

    private readonly record struct SagaRow(bool IsDuplicate, int Version, string? Data);

    private sealed record Request(Guid? MessageId, Guid ConsumerId, Guid CorrelationId)
    {
        public TaskCompletionSource<SagaRow> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>An instance with the version of its row.</summary>
internal sealed record LoadedSaga<TSaga>(TSaga Saga, int Version);
