using Dapper;
using Npgsql;

namespace ExchangeBus.Subscriptions;

/// <summary>Subscriptions in PostgreSQL.</summary>
internal sealed class SubscriptionStore(NpgsqlDataSource dataSource)
{
    private const string Upsert = """
        insert into subscription (name, agency, types, partitions, from_sequence)
        values (@Name, @Agency, @Types, @Partitions, (select sequence from log_newest))
        on conflict (name) do update set types = excluded.types, withdrawn_at = null
        where subscription.partitions = excluded.partitions
        """;

    private const string InsertPositions = """
        insert into delivery_position (subscription, partition, read, delivered, acknowledged)
        select s.name, p, s.from_sequence, s.from_sequence, s.from_sequence
        from subscription s cross join generate_series(0, s.partitions - 1) as p
        where s.name = @Name
        on conflict do nothing
        """;

    private const string SelectAll = "select name, agency, types, partitions from subscription where withdrawn_at is null order by name";

    private const string WithdrawOthers = """
        update subscription set withdrawn_at = @Now
        where withdrawn_at is null and agency <> @BusAgency and name <> all (@Configured)
        returning name
        """;

    /// <summary>Ends every subscription that is not configured; returns their names.</summary>
    internal async Task<IReadOnlyList<string>> WithdrawOthersAsync(IEnumerable<string> configured, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<string>(new CommandDefinition(
            WithdrawOthers, new { Subscription.BusAgency, Configured = configured.ToArray(), Now = now }, cancellationToken: cancellationToken))).AsList();
    }

    internal async Task SaveAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.ExecuteAsync(new CommandDefinition(Upsert, subscription, transaction, cancellationToken: cancellationToken)) == 0)
            throw new InvalidOperationException($"The partitions of subscription {subscription.Name} cannot be changed: order would be lost. Make a new subscription.");
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
