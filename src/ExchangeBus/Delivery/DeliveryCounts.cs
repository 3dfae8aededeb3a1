using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>Totals of the whole bus.</summary>
/// <param name="Accepted">Events in the log.</param>
/// <param name="Delivered">Deliveries that the broker has confirmed, repeats included.</param>
/// <param name="Behind">Events in the log that the slowest subscription has not been looked at for.</param>
/// <param name="Unacknowledged">Subscriptions with deliveries that are not acknowledged.</param>
/// <param name="Dead">Deliveries that ended as dead letters and were not handed out again.</param>
public sealed record BusTotals(long Accepted, long Delivered, long Behind, long Unacknowledged, long Dead);

internal sealed class DeliveryCounts(NpgsqlDataSource dataSource)
{
    private const string SelectTotals = """
        select n.accepted, p.delivered, greatest(n.accepted - p.slowest, 0) as behind, p.unacknowledged, d.dead
        from (select sequence as accepted from log_newest) n
        cross join (select coalesce(sum(deliveries), 0)::bigint as delivered, coalesce(min(read), 0) as slowest,
                           count(*) filter (where acknowledged < delivered) as unacknowledged
                    from delivery_position
                    where subscription in (select name from subscription where withdrawn_at is null)) p
        cross join (select count(*) as dead from dead_letter where redriven_at is null and discarded_at is null) d
        """;

    internal async Task<BusTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<BusTotals>(new CommandDefinition(SelectTotals, cancellationToken: cancellationToken));
    }
}
