using Dapper;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Dispatch;

/// <summary>How far a partition of a subscription has come; all three are positions in the log.</summary>
/// <param name="Read">The log up to here has been looked at.</param>
/// <param name="Delivered">The newest delivery that the broker has confirmed.</param>
/// <param name="Acknowledged">The subscriber's cumulative word.</param>
internal sealed record Position(string Subscription, int Partition, long Read, long Delivered, long Acknowledged);

/// <summary>A partition that this node has taken.</summary>
/// <param name="Position">How far it has come.</param>
/// <param name="Totals">What was counted of it.</param>
/// <param name="TakenBack">Position of the newest change of an agreement for which its queue was emptied.</param>
internal sealed record Claimed(Position Position, Totals Totals, long TakenBack = 0);

/// <summary>What stood in a queue was removed.</summary>
/// <param name="StoppedAt">The change of an agreement that asked for it.</param>
/// <param name="To">From where to deliver again; null means after the subscriber's word.</param>
internal sealed record TakenBack(long StoppedAt, long? To);

/// <summary>What the database says back: how far the subscriber has come, and whether to deliver again from there.</summary>
internal sealed record Word(string Subscription, int Partition, long Acknowledged, bool Redeliver);

/// <summary>Positions and leases in PostgreSQL. Leases run by the database's clock, so the nodes' clocks need not agree.</summary>
internal sealed class PositionStore(NpgsqlDataSource dataSource)
{
    private const string Claim = """
        update delivery_position set owner = @Owner, lease_until = clock_timestamp() + @Lease
        where (owner = @Owner or owner is null or lease_until < clock_timestamp())
          and subscription in (select name from subscription where withdrawn_at is null and way = @Way)
        returning subscription, partition::int, read, delivered, acknowledged, counted, unmatched, withheld, expired, matched, handed, reached, deliveries, taken_back as takenback
        """;

    private const string Release = "update delivery_position set owner = null, lease_until = null where owner = @Owner";

    // greatest: an acknowledgement may have moved the row already beyond what this node has noted.
    private const string Save = """
        update delivery_position p
        set read = greatest(p.read, u.read), delivered = greatest(p.delivered, u.delivered), counted = u.counted, unmatched = u.unmatched, withheld = u.withheld,
            acknowledged = case when s.acknowledges then p.acknowledged else greatest(p.acknowledged, u.delivered) end, expired = u.expired, matched = u.matched, handed = u.handed, reached = u.reached, deliveries = u.deliveries
        from subscription s, unnest(@Subscriptions, @Partitions, @Reads, @Delivereds, @Counteds, @Unmatcheds, @Withhelds, @Expireds, @Matcheds, @Handeds, @Reacheds, @Deliveries)
            as u (subscription, partition, read, delivered, counted, unmatched, withheld, expired, matched, handed, reached, deliveries)
        where p.subscription = u.subscription and p.partition = u.partition and p.owner = @Owner and s.name = p.subscription
        returning p.subscription, p.partition::int, p.acknowledged, p.redeliver
        """;

    private const string StartAgain = """
        update delivery_position set read = acknowledged, delivered = acknowledged, redeliver = false
        where subscription = @Subscription and partition = @Partition and owner = @Owner
        returning subscription, partition::int, read, delivered, acknowledged
        """;

    // A dead letter that was handed out again after the newest acknowledged event was accepted may have been in the queue still: it is one again.
    private const string TakeBack = """
        with back as (
            update delivery_position
            set read = coalesce(@To::bigint, acknowledged), delivered = coalesce(@To::bigint, acknowledged), acknowledged = coalesce(@To::bigint, acknowledged),
                redeliver = false, taken_back = greatest(taken_back, @StoppedAt)
            where subscription = @Subscription and partition = @Partition and owner = @Owner
            returning subscription, partition, read, delivered, acknowledged
        ), reopened as (
            update dead_letter d set redriven_at = null, redriven_by = null
            from back b
            where d.subscription = b.subscription and d.partition = b.partition
              and d.redriven_at > coalesce((select e.recorded_at from event_log e where e.sequence = b.acknowledged), '-infinity')
        )
        select subscription, partition::int, read, delivered, acknowledged from back
        """;

    internal async Task<IReadOnlyList<Claimed>> ClaimAsync(string owner, Way way, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Position, Totals, long, Claimed>(new CommandDefinition(
            Claim, new { Owner = owner, Way = way.ToString().ToLowerInvariant(), Lease = lease }, cancellationToken: cancellationToken), (position, totals, takenBack) => new Claimed(position, totals, takenBack), splitOn: "counted,takenback");
        return rows.AsList();
    }

    internal async Task ReleaseAsync(string owner)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(Release, new { Owner = owner });
    }

    internal async Task<IReadOnlyList<Word>> SaveAsync(string owner, IReadOnlyList<Claimed> moved, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Word>(new CommandDefinition(Save, new
        {
            Owner = owner,
            Subscriptions = moved.Select(m => m.Position.Subscription).ToArray(),
            Partitions = moved.Select(m => (short)m.Position.Partition).ToArray(),
            Reads = moved.Select(m => m.Position.Read).ToArray(),
            Delivereds = moved.Select(m => m.Position.Delivered).ToArray(),
            Counteds = moved.Select(m => m.Totals.Counted).ToArray(),
            Unmatcheds = moved.Select(m => m.Totals.Unmatched).ToArray(),
            Withhelds = moved.Select(m => m.Totals.Withheld).ToArray(),
            Expireds = moved.Select(m => m.Totals.Expired).ToArray(),
            Matcheds = moved.Select(m => m.Totals.Matched).ToArray(),
            Handeds = moved.Select(m => m.Totals.Handed).ToArray(),
            Reacheds = moved.Select(m => m.Totals.Reached).ToArray(),
            Deliveries = moved.Select(m => m.Totals.Deliveries).ToArray(),
        }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Null when another node owns the partition now.</summary>
    internal async Task<Position?> StartAgainAsync(string owner, string subscription, int partition, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Position>(new CommandDefinition(
            StartAgain, new { Owner = owner, Subscription = subscription, Partition = (short)partition }, cancellationToken: cancellationToken));
    }

    /// <summary>The queue was emptied: sets the position back behind what stood in it. Null when another node owns the partition now.</summary>
    internal async Task<Position?> TakeBackAsync(string owner, string subscription, int partition, TakenBack taken, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Position>(new CommandDefinition(
            TakeBack, new { Owner = owner, Subscription = subscription, Partition = (short)partition, taken.StoppedAt, taken.To }, cancellationToken: cancellationToken));
    }
}
