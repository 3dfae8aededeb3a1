using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Log;

/// <summary>
/// Remembers what accepted events are about, and flags those that look like an earlier one. Runs under the log's lock, after the append:
/// of two that come at the same time the second is flagged.
/// </summary>
internal static class BusinessKeyStatement
{
    // A weaker key says nothing about two events that both have a stronger one: twins with two notice numbers pass.
    private const string Flag = """
        with incoming as (
            select i.business_key, i.rule, i.has_stronger, e.sequence, e.recorded_at
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[]) as i (event_key, business_key, rule, has_stronger)
            cross join lateral (select k.sequence, k.recorded_at from event_identity k where k.event_key = i.event_key limit 1) e
        ), remembered as (
            insert into business_key (business_key, sequence, has_stronger, recorded_at)
            select business_key, sequence, has_stronger, recorded_at from incoming
            on conflict do nothing
        ), alike as (
            select i.sequence, i.rule, i.recorded_at, k.sequence as earlier_sequence, k.recorded_at as earlier_recorded_at
            from incoming i
            cross join lateral (
                (select b.sequence, b.recorded_at from business_key b
                 where b.business_key = i.business_key and not b.has_stronger and b.sequence < i.sequence order by b.sequence limit 1)
                union all
                (select b.sequence, b.recorded_at from business_key b
                 where b.business_key = i.business_key and b.has_stronger and not i.has_stronger and b.sequence < i.sequence order by b.sequence limit 1)) k
            union all
            select i.sequence, i.rule, i.recorded_at, o.sequence, o.recorded_at
            from incoming i join incoming o on o.business_key = i.business_key and o.sequence < i.sequence and not (o.has_stronger and i.has_stronger)
        )
        insert into suspected_duplicate (sequence, earlier_sequence, earlier_recorded_at, rule, flagged_at)
        select distinct on (sequence) sequence, earlier_sequence, earlier_recorded_at, rule, recorded_at from alike order by sequence, earlier_sequence
        on conflict do nothing
        returning sequence, rule
        """;

    /// <summary>Adds the command when an event has such a key; its result is a row (sequence, rule) for each event that is flagged.</summary>
    internal static bool AddTo(NpgsqlBatch batch, IReadOnlyList<NewEvent> events)
    {
        var keys = new List<(Guid Event, BusinessKey Key)>();
        foreach (var newEvent in events)
        {
            foreach (var key in newEvent.BusinessKeys)
                keys.Add((newEvent.Key, key));
        }

        if (keys.Count == 0)
            return false;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Flag)
        {
            Parameters =
            {
                SqlArray.Of(NpgsqlDbType.Uuid, keys, k => k.Event),
                SqlArray.Of(NpgsqlDbType.Uuid, keys, k => k.Key.Key),
                SqlArray.Of(NpgsqlDbType.Text, keys, k => k.Key.Rule),
                SqlArray.Of(NpgsqlDbType.Boolean, keys, k => k.Key.HasStronger),
            },
        });
        return true;
    }
}
