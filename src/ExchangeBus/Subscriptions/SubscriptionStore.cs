using Dapper;
using Npgsql;

namespace ExchangeBus.Subscriptions;

/// <summary>Subscriptions in PostgreSQL.</summary>
internal sealed class SubscriptionStore(NpgsqlDataSource dataSource)
{
    private const string Upsert = """
        insert into subscription (name, agency, types, partitions, from_sequence)
        values (@Name, @Agency, @Types, @Partitions, (select coalesce(max(sequence), 0) from event_log))
        on conflict (name) do update set types = excluded.types
        """;

    private const string InsertPositions = """
        insert into delivery_position (subscription, partition, read, delivered, acknowledged)
        select s.name, p, s.from_sequence, s.from_sequence, s.from_sequence
        from subscription s cross join generate_series(0, s.partitions - 1) as p
        where s.name = @Name
        on conflict do nothing
        """;

    private const string SelectAll = "select name, agency, types, partitions from subscription order by name";

    internal async Task SaveAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Upsert, subscription, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertPositions, new { subscription.Name }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    internal async Task<IReadOnlyList<Subscription>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Name, string Agency, string[] Types, short Partitions)>(
            new CommandDefinition(SelectAll, cancellationToken: cancellationToken));
        return [.. rows.Select(r => new Subscription(r.Name, r.Agency, r.Types, r.Partitions))];
    }
}
