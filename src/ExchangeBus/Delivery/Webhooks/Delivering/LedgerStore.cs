using Dapper;
using ExchangeBus.Dispatch;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Writes down how far the partitions of this node have come: one statement for all that nothing happened to, a transaction for each of the others.</summary>
internal sealed class LedgerStore(NpgsqlDataSource dataSource, WaitingChanges changes, TimeProvider time)
{
    // Only the owner's word counts: a node that has lost its lease changes nothing. What the receiver has answered is its acknowledgement, and the receipt in law.
    private const string Save = """
        with moved as (
            update delivery_position p
            set read = greatest(p.read, u.read), delivered = greatest(p.delivered, u.delivered), acknowledged = greatest(p.acknowledged, u.delivered),
                acknowledged_at = case when u.receipt > 0 then @Now else p.acknowledged_at end,
                counted = u.counted, unmatched = u.unmatched, withheld = u.withheld, expired = u.expired, matched = u.matched, handed = u.handed,
                reached = u.reached, deliveries = u.deliveries
            from unnest(@Subscriptions, @Partitions, @Reads, @Delivereds, @Receipts, @Counteds, @Unmatcheds, @Withhelds, @Expireds, @Matcheds, @Handeds, @Reacheds, @Deliveries)
                as u (subscription, partition, read, delivered, receipt, counted, unmatched, withheld, expired, matched, handed, reached, deliveries)
            where p.subscription = u.subscription and p.partition = u.partition and p.owner = @Owner
            returning p.subscription, p.partition, u.receipt
        ), received as (
            insert into delivery_receipt (subscription, partition, sequence, received_at)
            select subscription, partition, receipt, @Now from moved where receipt > 0
            on conflict do nothing
        )
        select subscription, partition::int from moved
        """;

    /// <summary>Returns the partitions that are no longer this node's; nothing of theirs was written.</summary>
    internal async Task<IReadOnlyList<(string Subscription, int Partition)>> WriteAsync(string owner, IReadOnlyList<Page> pages, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return Lost(pages, await SaveAsync(connection, null, owner, pages, cancellationToken));
    }

    /// <summary>One page with changes. False when the partition is no longer this node's; nothing was written.</summary>
    internal async Task<bool> WriteAsync(string owner, string agency, Page page, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // First, so that its row is locked: nobody can take the partition over before the rest is written.
        if (Lost([page], await SaveAsync(connection, transaction, owner, [page], cancellationToken)).Count > 0)
            return false;
        var tell = await changes.WriteAsync(transaction, page.Claimed.Position, agency, page.Changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        tell();
        return true;
    }

    private async Task<IEnumerable<(string, int)>> SaveAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string owner, IReadOnlyList<Page> pages, CancellationToken cancellationToken)
    {
        T[] Column<T>(Func<Page, T> of) => [.. pages.Select(of)];
        T[] Total<T>(Func<Totals, T> of) => Column(p => of(p.Claimed.Totals));
        return await connection.QueryAsync<(string, int)>(new CommandDefinition(Save, new
        {
            Owner = owner,
            Now = time.GetUtcNow(),
            Subscriptions = Column(p => p.Claimed.Position.Subscription),
            Partitions = Column(p => (short)p.Claimed.Position.Partition),
            Reads = Column(p => p.Claimed.Position.Read),
            Delivereds = Column(p => p.Claimed.Position.Delivered),
            Receipts = Column(p => p.Receipt),
            Counteds = Total(t => t.Counted),
            Unmatcheds = Total(t => t.Unmatched),
            Withhelds = Total(t => t.Withheld),
            Expireds = Total(t => t.Expired),
            Matcheds = Total(t => t.Matched),
            Handeds = Total(t => t.Handed),
            Reacheds = Total(t => t.Reached),
            Deliveries = Total(t => t.Deliveries),
        }, transaction, cancellationToken: cancellationToken));
    }

    private static List<(string, int)> Lost(IReadOnlyList<Page> pages, IEnumerable<(string, int)> moved) =>
        [.. pages.Select(p => (p.Claimed.Position.Subscription, p.Claimed.Position.Partition)).Except(moved)];
}
