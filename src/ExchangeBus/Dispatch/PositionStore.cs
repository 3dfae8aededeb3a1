using Dapper;
using Npgsql;

namespace ExchangeBus.Dispatch;

/// <summary>How far a partition of a subscription has come; all three are positions in the log.</summary>
/// <param name="Read">The log up to here has been looked at.</param>
/// <param name="Delivered">The newest delivery that the broker has confirmed.</param>
/// <param name="Acknowledged">The subscriber's cumulative word.</param>
internal sealed record Position(string Subscription, int Partition, long Read, long Delivered, long Acknowledged);

/// <summary>What the database says back: how far the subscriber has come, and whether to deliver again from there.</summary>
internal sealed record Word(string Subscription, int Partition, long Acknowledged, bool Redeliver);

/// <summary>Positions and leases in PostgreSQL. Leases run by the database's clock, so the nodes' clocks need not agree.</summary>
internal sealed class PositionStore(NpgsqlDataSource dataSource)
{
    private const string Claim = """
        update delivery_position set owner = @Owner, lease_until = clock_timestamp() + @Lease
        where (owner = @Owner or owner is null or lease_until < clock_timestamp())
          and subscription in (select name from subscription where withdrawn_at is null)
        returning subscription, partition::int, read, delivered, acknowledged
        """;

    private const string Release = "update delivery_position set owner = null, lease_until = null where owner = @Owner";

    // greatest: an acknowledgement may have moved the row already beyond what this node has noted.
    private const string Save = """
        update delivery_position p
        set read = greatest(p.read, u.read), delivered = greatest(p.delivered, u.delivered), deliveries = p.deliveries + u.deliveries
        from unnest(@Subscriptions, @Partitions, @Reads, @Delivereds, @Deliveries) as u (subscription, partition, read, delivered, deliveries)
        where p.subscription = u.subscription and p.partition = u.partition and p.owner = @Owner
        returning p.subscription, p.partition::int, p.acknowledged, p.redeliver
        """;

    private const string StartAgain = """
        update delivery_position set read = acknowledged, delivered = acknowledged, redeliver = false
        where subscription = @Subscription and partition = @Partition and owner = @Owner
        returning subscription, partition::int, read, delivered, acknowledged
        """;

    internal async Task<IReadOnlyList<Position>> ClaimAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Position>(new CommandDefinition(Claim, new { Owner = owner, Lease = lease }, cancellationToken: cancellationToken))).AsList();
    }

    internal async Task ReleaseAsync(string owner)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(Release, new { Owner = owner });
    }

    internal async Task<IReadOnlyList<Word>> SaveAsync(string owner, IReadOnlyList<(Position Position, long Deliveries)> moved, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Word>(new CommandDefinition(Save, new
        {
            Owner = owner,
            Subscriptions = moved.Select(m => m.Position.Subscription).ToArray(),
            Partitions = moved.Select(m => (short)m.Position.Partition).ToArray(),
            Reads = moved.Select(m => m.Position.Read).ToArray(),
            Delivereds = moved.Select(m => m.Position.Delivered).ToArray(),
            Deliveries = moved.Select(m => m.Deliveries).ToArray(),
        }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Null when another node owns the partition now.</summary>
    internal async Task<Position?> StartAgainAsync(string owner, string subscription, int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Position>(new CommandDefinition(
            StartAgain, new { Owner = owner, Subscription = subscription, Partition = (short)partition }, cancellationToken: cancellationToken));
    }
}
