using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery;

/// <summary>Where one event stands with one subscription.</summary>
/// <param name="Subscription">Name of the subscription.</param>
/// <param name="State"><c>waiting</c> in the log, <c>delivered</c> to its queue, <c>acknowledged</c> by the subscriber, or <c>dead</c>.</param>
/// <param name="AcknowledgedAt">When the subscriber's word that covers this event came; the receipt in law.</param>
public sealed record DeliveryState(string Subscription, string State, DateTimeOffset? AcknowledgedAt);

/// <summary>Answers "who has it".</summary>
internal sealed class DeliveryStatus(NpgsqlDataSource dataSource)
{
    private const string SelectEvent = """
        select sequence, type, source, id, recorded_at as recordedat from event_log where sequence = @Sequence and (@Source is null or source = @Source)
        """;

    // The same rule as Subscription.Wants: recipient, lane, type.
    private const string SelectStates = """
        select s.name as subscription,
               case when d.sequence is not null then 'dead'
                    when p.acknowledged >= e.sequence then 'acknowledged'
                    when p.delivered >= e.sequence then 'delivered'
                    else 'waiting' end as state,
               (select r.received_at from delivery_receipt r
                where r.subscription = s.name and r.partition = p.partition and r.sequence >= e.sequence
                order by r.sequence limit 1) as acknowledgedat
        from event_log e
        join subscription s on (e.recipient is null or e.recipient = s.agency) and e.sequence > s.from_sequence
            and exists (select 1 from unnest(s.types) as t (pattern)
                        where case when right(t.pattern, 1) = '*' then starts_with(e.type, left(t.pattern, -1)) else e.type = t.pattern end)
        join delivery_position p on p.subscription = s.name and p.partition = e.lane % s.partitions
        left join dead_letter d on d.subscription = s.name and d.sequence = e.sequence
        where e.sequence = @Sequence
        order by s.name
        """;

    /// <summary>Null when there is no such event, or it is not one of <paramref name="source"/>.</summary>
    internal async Task<EventDeliveries?> FindAsync(long sequence, string? source, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var found = await connection.QuerySingleOrDefaultAsync<EventRow>(
            new CommandDefinition(SelectEvent, new { Sequence = sequence, Source = source }, cancellationToken: cancellationToken));
        if (found is null)
            return null;
        var states = await connection.QueryAsync<DeliveryState>(
            new CommandDefinition(SelectStates, new { Sequence = sequence }, cancellationToken: cancellationToken));
        return new EventDeliveries(found.Sequence, found.Type, found.Source, found.Id, found.RecordedAt,
            states.AsList());
    }

    private sealed record EventRow(long Sequence, string Type, string Source, string Id, DateTimeOffset RecordedAt);
}

/// <summary>An event and where it stands with each subscription that gets it.</summary>
/// <param name="Sequence">Position in the log.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="RecordedTime">When it was accepted.</param>
/// <param name="Deliveries">One entry for each subscription that gets it.</param>
public sealed record EventDeliveries(
    long Sequence, string Type, string Source, string Id, DateTimeOffset RecordedTime, IReadOnlyList<DeliveryState> Deliveries);
