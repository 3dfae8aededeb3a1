using System.Reflection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The tables of the library and of all registered sagas. A singleton of the container.</summary>
public sealed class PostgreSqlStorage
{
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

        await using var connection = await (dataSource ?? _dataSource.Value).OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var takeLock = new NpgsqlCommand(lockSql, connection))
        {
            takeLock.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _options.Schema });
            await takeLock.ExecuteNonQueryAsync(cancellationToken);
        }
        foreach (var sql in ReadMigrations().Concat(_sagas.SelectMany(x => x.CreateStatements())))
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
    }

    private IEnumerable<string> ReadMigrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(x => x.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd().InSchema(_options.Schema);
        }
    }
}
