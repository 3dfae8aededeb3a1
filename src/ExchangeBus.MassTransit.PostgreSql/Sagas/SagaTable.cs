using System.Text;
using System.Text.Json;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The table of one saga type: its shape and the statements that write it.</summary>
internal sealed class SagaTable<TSaga> : ISagaTable where TSaga : class, ISaga
{
    private const string CreateTableSql = """
        create table if not exists {table} (
            correlation_id uuid primary key,
            version integer not null,
            current_state text,
            created_at timestamptz not null,
            updated_at timestamptz not null,
            data jsonb not null
        ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)
        """;

    private const string AddColumnSql = "alter table {table} add column if not exists {column} {type}";

    private const string CreateIndexSql = "create {unique} index if not exists {index} on {table} ({column})";

    // About "n % 1 = 0" see UnitWriter.
    private const string WantedSql = """
        with wanted (n, id, version, state, data{columns}) as (
            select u.n, u.id, u.version, u.state, u.data::jsonb{casts}
            from unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::text[]{parameters}) as u (n, id, version, state, data{columns})
            where u.n % 1 = 0),
        """;

    private const string InsertSql = """
        done as (
            insert into {table} (correlation_id, version, current_state, created_at, updated_at, data{columns})
            select w.id, 1, w.state, $6, $6, w.data{columns} from wanted w
            on conflict (correlation_id) do nothing
            returning correlation_id as id)
        """;

    // The merge keeps what a newer version of the class has written and this one does not know.
    private const string UpdateSql = """
        done as (
            update {table} s
            set version = s.version + 1, current_state = w.state, updated_at = $6, data = s.data || w.data{assignments}
            from wanted w
            where s.correlation_id = w.id and s.version = w.version
            returning s.correlation_id as id)
        """;

    private const string DeleteSql = """
        done as (
            delete from {table} s using wanted w
            where s.correlation_id = w.id and s.version = w.version
            returning s.correlation_id as id)
        """;

    private const string RefuseSql = """

        select case when (select count(*) from wanted) = (select count(*) from done) then 0
            else {schema}.refuse_lost(array(select w.n from wanted w where not exists (select from done d where d.id = w.id)), 'EB002', {label}) end
        """;

    private readonly Dictionary<SagaWriteKind, string> _commands;
    private readonly Lazy<SagaStateReader<TSaga>?> _state;
    private readonly string _schema;
    private readonly int _maxStateBytes;

    public SagaTable(PostgreSqlSagaOptions<TSaga> options, PostgreSqlStorageOptions storage, IServiceProvider provider)
    {
        Options = options;
        Columns = options.Columns;
        _schema = storage.Schema;
        _maxStateBytes = storage.MaxStateBytes;
        QualifiedName = SqlNames.Quote(storage.Schema) + "." + SqlNames.Quote(options.Table);
        // The state machine is built with services that may lead here.
        _state = new Lazy<SagaStateReader<TSaga>?>(() => SagaStateReader<TSaga>.Find(provider));
        _commands = new Dictionary<SagaWriteKind, string>
        {
            [SagaWriteKind.Insert] = CommandText(InsertSql, SagaWriteKind.Insert),
            [SagaWriteKind.Update] = CommandText(UpdateSql, SagaWriteKind.Update),
            [SagaWriteKind.Delete] = CommandText(DeleteSql, SagaWriteKind.Delete),
        };
    }

    public PostgreSqlSagaOptions<TSaga> Options { get; }

    public IReadOnlyList<SagaColumn> Columns { get; }

    public string QualifiedName { get; }

    public Type SagaType => typeof(TSaga);

    public string Name => Options.Table;

    public IEnumerable<string> ColumnNames => SagaColumn.Reserved.Concat(Columns.Select(x => x.Name));

    public IEnumerable<string> CreateStatements()
    {
        yield return Fill(CreateTableSql);
        foreach (var column in Columns)
        {
            var name = SqlNames.Quote(column.Name);
            yield return Fill(AddColumnSql).Replace("{column}", name, StringComparison.Ordinal).Replace("{type}", column.SqlType, StringComparison.Ordinal);
            yield return Fill(CreateIndexSql).Replace("{column}", name, StringComparison.Ordinal)
                .Replace("{unique}", column.IsUnique ? "unique" : "", StringComparison.Ordinal)
                .Replace("{index}", SqlNames.Quote(Name + "_" + column.Name), StringComparison.Ordinal);
        }
    }

    public NpgsqlBatchCommand CreateCommand(SagaWriteKind kind, IReadOnlyList<SagaWrite> writes, DateTimeOffset now)
    {
        var command = Commands.Create(_commands[kind],
            Commands.Array(Enumerable.Range(0, writes.Count).ToArray(), NpgsqlDbType.Integer),
            Commands.Array(writes.Select(x => x.CorrelationId).ToArray(), NpgsqlDbType.Uuid),
            Commands.Array(writes.Select(x => x.Version).ToArray(), NpgsqlDbType.Integer),
            Commands.Array(writes.Select(x => x.State).ToArray(), NpgsqlDbType.Text),
            Commands.Array(writes.Select(x => x.Data).ToArray(), NpgsqlDbType.Text),
            new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        for (var i = 0; i < Columns.Count; i++)
            command.Parameters.Add(Commands.Array(writes.Select(x => x.Columns[i]).ToArray(), NpgsqlDbType.Text));
        return command;
    }

    /// <summary>The state by name as a column to search by, where the instance has it by name too.</summary>
    public SagaColumn? StateColumn => _state.Value?.NameProperty is { } property ? new SagaColumn(property, "current_state", "text", false) : null;

    public string? StateOf(TSaga saga) => _state.Value?.Read(saga);

    public SagaWrite CreateWrite(SagaWriteKind kind, TSaga saga, int version)
    {
        var data = JsonSerializer.Serialize(saga, Options.Json);
        // A character has at most three bytes, so most states need not be counted.
        if (data.Length > _maxStateBytes / 3 && Encoding.UTF8.GetByteCount(data) is var bytes && bytes > _maxStateBytes)
            throw new SagaException($"The state has {bytes} bytes; {nameof(PostgreSqlStorageOptions.MaxStateBytes)} is {_maxStateBytes}", typeof(TSaga), typeof(object), saga.CorrelationId);
        return new SagaWrite(this, kind, saga.CorrelationId, version, StateOf(saga), data, [.. Columns.Select(x => x.TextOf(saga))]);
    }

    public TSaga Deserialize(string data, int version)
    {
        var saga = JsonSerializer.Deserialize<TSaga>(data, Options.Json)
            ?? throw new SagaException("The stored state is null", typeof(TSaga), typeof(object));
        if (saga is ISagaVersion versioned)
            versioned.Version = version;
        return saga;
    }

    private string CommandText(string done, SagaWriteKind kind) => Fill(WantedSql + "\n" + done + RefuseSql)
        .Replace("{label}", "'" + (Name + "/" + kind).Replace("'", "''", StringComparison.Ordinal) + "'", StringComparison.Ordinal);

    private string Fill(string sql)
    {
        var names = Columns.Select(x => SqlNames.Quote(x.Name)).ToList();
        return sql.InSchema(_schema)
            .Replace("{table}", QualifiedName, StringComparison.Ordinal)
            .Replace("{columns}", string.Concat(names.Select(x => ", " + x)), StringComparison.Ordinal)
            .Replace("{casts}", string.Concat(Columns.Select((x, i) => ", u." + names[i] + "::" + x.SqlType)), StringComparison.Ordinal)
            .Replace("{assignments}", string.Concat(names.Select(x => ", " + x + " = w." + x)), StringComparison.Ordinal)
            .Replace("{parameters}", string.Concat(Columns.Select((_, i) => ", $" + (7 + i) + "::text[]")), StringComparison.Ordinal);
    }
}
