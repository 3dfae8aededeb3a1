using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Balance;

/// <summary>
/// What became of every event of the log for one subscription since it began. <c>accepted = unmatched + withheld + expired + delivered + dead + discarded + waiting + pending</c>,
/// always: nothing is dropped in silence.
/// </summary>
/// <param name="Subscription">Its name.</param>
/// <param name="Accepted">Events in the log since it began.</param>
/// <param name="Unmatched">Not asked for.</param>
/// <param name="Withheld">Asked for and not permitted.</param>
/// <param name="Expired">Accepted after its end, or still waiting for a webhook then.</param>
/// <param name="Delivered">Handed over at least once.</param>
/// <param name="Dead">Given up; they wait as dead letters.</param>
/// <param name="Discarded">Given up, and discarded by a person.</param>
/// <param name="Waiting">To be delivered and not handed over yet.</param>
/// <param name="Pending">Not looked at yet.</param>
internal sealed record DeliveryBalance(
    string Subscription, long Accepted, long Unmatched, long Withheld, long Expired, long Delivered, long Dead, long Discarded, long Waiting, long Pending)
{
    /// <summary>Whether the sum is right.</summary>
    public bool IsBalanced => Accepted == Unmatched + Withheld + Expired + Delivered + Dead + Discarded + Waiting + Pending;
}

/// <summary>Reads the balances of subscriptions that run.</summary>
internal sealed class DeliveryBalances(NpgsqlDataSource dataSource)
{
    // Accepted comes from positions, which have no gaps; the rest was counted when it was judged. So the sum can be wrong. What follows a single partition's
    // count is pending, however much; of several, each has its own lanes, and the log itself is counted.
    private const string Select = """
        with newest as (
            select sequence from log_newest
        ), own as (
            select p.subscription, p.partition, s.partitions, p.counted_from, p.counted, p.unmatched, p.withheld, p.expired, p.matched, p.handed
            from delivery_position p join subscription s on s.name = p.subscription
            where s.withdrawn_at is null and (@Agency::text is null or s.agency = @Agency) and (@Name::text is null or s.name = @Name)
        ), pending as (
            select o.subscription, count(e.sequence) as pending
            from own o cross join newest n
            join event_log e on o.partitions > 1 and e.sequence > o.counted and e.sequence <= n.sequence and e.lane % o.partitions = o.partition
            group by o.subscription
        ), dead as (
            select d.subscription, count(*) filter (where d.discarded_at is null) as dead, count(*) filter (where d.discarded_at is not null) as discarded
            from dead_letter d where d.redriven_at is null and d.subscription in (select subscription from own) group by d.subscription
        )
        select o.subscription, n.sequence - min(o.counted_from) as accepted, sum(o.unmatched)::bigint as unmatched, sum(o.withheld)::bigint as withheld,
               sum(o.expired)::bigint as expired, sum(o.handed)::bigint - coalesce(max(d.dead + d.discarded), 0) as delivered, coalesce(max(d.dead), 0) as dead,
               coalesce(max(d.discarded), 0) as discarded,
               (sum(o.matched) - sum(o.handed))::bigint as waiting,
               case when max(o.partitions) = 1 then n.sequence - max(o.counted) else coalesce(max(p.pending), 0) end as pending
        from own o cross join newest n
        left join pending p on p.subscription = o.subscription
        left join dead d on d.subscription = o.subscription
        group by o.subscription, n.sequence
        order by o.subscription
        """;

    private const string SelectHeld = "select count(*) from held_event where decided_at is null";

    /// <param name="agency">Only its subscriptions; null means all.</param>
    /// <param name="name">Only this one; null means all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<IReadOnlyList<DeliveryBalance>> ReadAsync(string? agency, string? name, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DeliveryBalance>(new CommandDefinition(Select, new { Agency = agency, Name = name }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Events that wait for a person before they come into the log.</summary>
    internal async Task<long> HeldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(SelectHeld, cancellationToken: cancellationToken));
    }
}
