using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Looks up what waits, for the node that holds the partition.</summary>
internal sealed class WaitingDeliveries(NpgsqlDataSource dataSource)
{
    private const string SelectKeys = """
        select order_key, count(*)::int from waiting_delivery where subscription = @Subscription and partition = @Partition group by order_key
        """;

    private const string SelectDue = """
        select sequence, order_key as orderkey, type, recorded_at as recordedat, previous, attempt, first_failed_at as firstfailedat, next_at as nextat, failure, status
        from waiting_delivery
        where subscription = @Subscription and partition = @Partition and next_at <= @Now and order_key <> all (@UnderWay)
        order by next_at limit @Limit
        """;

    private const string SelectAfter = """
        select sequence, order_key as orderkey, type, recorded_at as recordedat, previous, attempt, first_failed_at as firstfailedat, next_at as nextat, failure, status
        from waiting_delivery
        where subscription = @Subscription and partition = @Partition and sequence > @After
        order by sequence limit @Limit
        """;

    private const string SelectFollowing = """
        select sequence, order_key as orderkey, type, recorded_at as recordedat, previous, attempt, first_failed_at as firstfailedat, next_at as nextat, failure, status
        from waiting_delivery
        where subscription = @Subscription and partition = @Partition and order_key = @Key and sequence > @After
        order by sequence limit @Limit
        """;

    internal async Task<IReadOnlyList<(string Key, int Count)>> KeysAsync(string subscription, int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(string, int)>(new CommandDefinition(
            SelectKeys, new { Subscription = subscription, Partition = (short)partition }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The first of each key whose time has come, at most <paramref name="limit"/>.</summary>
    internal async Task<IReadOnlyList<WaitingRow>> DueAsync(
        string subscription, int partition, string[] underWay, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingRow>(new CommandDefinition(
            SelectDue, new { Subscription = subscription, Partition = (short)partition, UnderWay = underWay, Limit = limit, Now = now }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>All that waits, in pages.</summary>
    internal async Task<IReadOnlyList<WaitingRow>> AfterAsync(string subscription, int partition, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingRow>(new CommandDefinition(
            SelectAfter, new { Subscription = subscription, Partition = (short)partition, After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    internal async Task<IReadOnlyList<WaitingRow>> FollowingAsync(
        string subscription, int partition, string key, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingRow>(new CommandDefinition(
            SelectFollowing, new { Subscription = subscription, Partition = (short)partition, Key = key, After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }
}
