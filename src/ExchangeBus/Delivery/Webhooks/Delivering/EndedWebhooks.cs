using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Ends what waits for a webhook whose subscription is over: it is booked as expired, kept by name in <c>expired_delivery</c>, and waits no more. Only where no pump of
/// this node runs any more and no other node's lease holds; the owner is taken off the row, so that one that comes too late writes nothing over it.
/// </summary>
internal sealed class EndedWebhooks(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Close = """
        with ended as (
            select p.subscription, p.partition
            from delivery_position p join subscription s on s.name = p.subscription
            where s.withdrawn_at is not null and s.way = 'webhook'
              and (p.owner is null or p.owner = @Owner or p.lease_until < clock_timestamp())
              and not exists (select 1 from unnest(@Subscriptions, @Partitions) as r (subscription, partition) where r.subscription = p.subscription and r.partition = p.partition)
              and exists (select 1 from waiting_delivery w where w.subscription = p.subscription and w.partition = p.partition)
            for update of p skip locked
        ), gone as (
            delete from waiting_delivery w using ended e
            where w.subscription = e.subscription and w.partition = e.partition
            returning w.subscription, w.partition, w.sequence
        ), kept as (
            insert into expired_delivery (subscription, sequence, expired_at) select subscription, sequence, @Now from gone
            on conflict do nothing
        )
        update delivery_position p
        set matched = p.matched - g.waited, expired = p.expired + g.waited, owner = null, lease_until = null
        from (select subscription, partition, count(*) as waited from gone group by subscription, partition) g
        where p.subscription = g.subscription and p.partition = g.partition
        returning p.subscription, g.waited
        """;

    /// <summary>Closes all that may be closed; returns how many deliveries of each subscription have expired.</summary>
    /// <param name="owner">This node.</param>
    /// <param name="running">Partitions whose pump has not come to its end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<IReadOnlyList<(string Subscription, long Count)>> CloseAsync(
        string owner, IReadOnlyCollection<(string Subscription, int Partition)> running, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(string, long)>(new CommandDefinition(Close, new
        {
            Owner = owner,
            Now = time.GetUtcNow(),
            Subscriptions = running.Select(r => r.Subscription).ToArray(),
            Partitions = running.Select(r => (short)r.Partition).ToArray(),
        }, cancellationToken: cancellationToken))).AsList();
    }
}
