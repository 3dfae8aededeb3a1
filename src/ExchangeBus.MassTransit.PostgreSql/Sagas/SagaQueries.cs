using System.Linq.Expressions;
using MassTransit;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Finds instances by the declared columns.</summary>
internal sealed class SagaQueries<TSaga>(StorageDataSource dataSource, SagaTable<TSaga> table) where TSaga : class, ISaga
{
    private const string FindSql = """
        select correlation_id from {table} where {condition} order by correlation_id
        """;

    private const string LoadSql = """
        select version, data::text from {table} where correlation_id = $1
        """;

    private readonly string _find = FindSql.Replace("{table}", table.QualifiedName, StringComparison.Ordinal);
    private readonly string _load = LoadSql.Replace("{table}", table.QualifiedName, StringComparison.Ordinal);
    private readonly SagaFilter _filter = new(typeof(TSaga), table.Columns, () => table.StateColumn);

    public async Task<List<Guid>> FindIdsAsync(Expression<Func<TSaga, bool>> filter, CancellationToken cancellationToken)
    {
        var (condition, parameters) = _filter.Translate(filter);
        await using var command = dataSource.Value.CreateCommand(_find.Replace("{condition}", condition, StringComparison.Ordinal));
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetGuid(0));
        return found;
    }

    public async Task<TSaga?> LoadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Value.CreateCommand(_load);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = correlationId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? table.Deserialize(reader.GetString(1), reader.GetInt32(0)) : null;
    }
}
