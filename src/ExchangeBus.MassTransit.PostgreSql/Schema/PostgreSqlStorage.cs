using System.Reflection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The tables of the library and of all registered sagas. A singleton of the container.</summary>
public sealed class PostgreSqlStorage
{
    private const string ResourcePrefix = "ExchangeBus.MassTransit.PostgreSql.Migrations.";

    private readonly PostgreSqlStorageOptions _options;
    private readonly StorageDataSource _dataSource;
    private readonly IReadOnlyList<ISagaTable> _sagas;

    internal PostgreSqlStorage(PostgreSqlStorageOptions options, StorageDataSource dataSource, IEnumerable<ISagaTable> sagas)
    {
        (_options, _dataSource, _sagas) = (options, dataSource, [.. sagas]);
        if (_sagas.GroupBy(x => x.Name).FirstOrDefault(x => x.Count() > 1) is { } clash)
            throw new InvalidOperationException(
                $"Sagas {string.Join(" and ", clash.Select(x => x.SagaType.FullName))} have the same table {clash.Key}: choose another for one of them.");
    }

    /// <summary>
    /// Creates what is missing and changes nothing that is there, so it may run at every start, in several processes at once, and while an older version is working.
    /// </summary>
    /// <param name="dataSource">A data source with the right to create; default that of the options. Give another where the program itself must not have that right.</param>
    /// <param name="cancellationToken">Abandons the work; then nothing is changed.</param>
    /// <exception cref="PostgresException">A right is missing, or a unique search column has duplicates.</exception>
    public async Task CreateSchemaAsync(NpgsqlDataSource? dataSource = null, CancellationToken cancellationToken = default)
    {
        const string lockSql = "select pg_advisory_xact_lock(hashtextextended($1, 7150238475))";
        const string historySql = """
            create schema if not exists {schema};
            create table if not exists {schema}.migration (name text primary key, applied_at timestamptz not null);
            """;

        await using var connection = await (dataSource ?? _dataSource.Value).OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var takeLock = new NpgsqlCommand(lockSql, connection))
        {
            takeLock.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _options.Schema });
            await takeLock.ExecuteNonQueryAsync(cancellationToken);
        }
        await ExecuteAsync(connection, historySql.InSchema(_options.Schema), cancellationToken);
        var applied = await ReadAppliedAsync(connection, cancellationToken);
        foreach (var name in MigrationNames().Except(applied))
            await ApplyAsync(connection, name, cancellationToken);
        foreach (var sql in _sagas.SelectMany(x => x.CreateStatements()))
            await ExecuteAsync(connection, sql, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Tells in one sentence what the schema lacks for this version and these sagas; null when it lacks nothing.</summary>
    internal async Task<string?> FindMissingAsync(CancellationToken cancellationToken)
    {
        const string existsSql = "select to_regclass($1) is not null";

        await using var connection = await _dataSource.Value.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand(existsSql, connection);
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = SqlNames.Quote(_options.Schema) + ".migration" });
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return $"schema {_options.Schema} has no tables of the storage";
        var applied = await ReadAppliedAsync(connection, cancellationToken);
        if (MigrationNames().Except(applied).FirstOrDefault() is { } migration)
            return $"schema {_options.Schema} lacks the change {migration}";
        foreach (var saga in _sagas)
        {
            if ((await ReadColumnsAsync(connection, saga, cancellationToken)) is var columns && saga.ColumnNames.Except(columns).FirstOrDefault() is { } column)
                return columns.Count == 0 ? $"table {saga.Name} of {saga.SagaType.Name} is missing" : $"table {saga.Name} lacks the column {column}";
        }
        return null;
    }

    private async Task<List<string>> ReadColumnsAsync(NpgsqlConnection connection, ISagaTable saga, CancellationToken cancellationToken)
    {
        const string columnsSql = "select column_name::text from information_schema.columns where table_schema = $1 and table_name = $2";

        await using var command = new NpgsqlCommand(columnsSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _options.Schema });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = saga.Name });
        return await ReadAllAsync(command, cancellationToken);
    }

    private async Task<List<string>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string appliedSql = "select name from {schema}.migration";

        await using var command = new NpgsqlCommand(appliedSql.InSchema(_options.Schema), connection);
        return await ReadAllAsync(command, cancellationToken);
    }

    private static async Task<List<string>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var values = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            values.Add(reader.GetString(0));
        return values;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        const string noteSql = "insert into {schema}.migration (name, applied_at) values ($1, now())";

        using var resource = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + name)!);
        await ExecuteAsync(connection, (await resource.ReadToEndAsync(cancellationToken)).InSchema(_options.Schema), cancellationToken);
        await using var note = new NpgsqlCommand(noteSql.InSchema(_options.Schema), connection);
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IEnumerable<string> MigrationNames() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(x => x.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Select(x => x[ResourcePrefix.Length..]).Order(StringComparer.Ordinal);
}
