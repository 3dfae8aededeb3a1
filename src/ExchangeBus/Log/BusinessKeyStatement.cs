using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Log;

/// <summary>
/// The part of the append that remembers what accepted events are about, and flags those that look like an earlier one. It runs under the log's lock:
/// of two that come at the same time the second is flagged.
/// </summary>
internal static class BusinessKeyStatement
{
    // The keys of an event stand side by side, the strongest first; they are reached by index, because a join of two short lists would be tried row by row.
    // A weaker key says nothing about two events that both have a stronger one: twins with two notice numbers pass.
    internal const string RememberAndFlag = """
        , incoming as (
            select f.sequence, f.now, ($15::uuid[])[k.at] as business_key, ($17::text[])[($16::smallint[])[k.at]] as rule, k.at > k.first as has_stronger
            from fresh f
            cross join lateral (
                select at, ($13::int[])[f.position] as first
                from generate_series(($13::int[])[f.position], ($13::int[])[f.position] + ($14::int[])[f.position] - 1) as at) k
        ), beside as (
            select sequence, now, business_key, rule, has_stronger, null::bigint as first_beside from incoming where not $18
            union all
            select sequence, now, business_key, rule, has_stronger,
                   case when has_stronger then min(sequence) filter (where not has_stronger) over earlier else min(sequence) over earlier end
            from incoming where $18 window earlier as (partition by business_key order by sequence rows between unbounded preceding and 1 preceding)
        ), alike as (
            select i.sequence, i.rule, i.now, coalesce(k.sequence, i.first_beside) as earlier_sequence, coalesce(k.recorded_at, i.now) as earlier_recorded_at
            from beside i
            left join lateral (
                select b.sequence, b.recorded_at from business_key b
                where b.business_key = i.business_key and not (b.has_stronger and i.has_stronger) order by b.sequence limit 1) k on true
            where coalesce(k.sequence, i.first_beside) is not null
        ), remembered as (
            insert into business_key (business_key, sequence, has_stronger, recorded_at) select business_key, sequence, has_stronger, now from incoming
        ), flagged as (
            insert into suspected_duplicate (sequence, earlier_sequence, earlier_recorded_at, rule, flagged_at)
            select distinct on (sequence) sequence, earlier_sequence, earlier_recorded_at, rule, now from alike order by sequence, earlier_sequence
            returning sequence, rule
        )
        """;

    /// <summary>Adds the parameters for events of which one at least has such a key; false when none has.</summary>
    internal static bool AddParameters(NpgsqlBatchCommand command, IReadOnlyList<NewEvent> events)
    {
        var (first, counts) = (new int[events.Count], new int[events.Count]);
        var keys = new List<Guid>();
        var ruleOfKey = new List<short>();
        var rules = new List<string>();
        for (var i = 0; i < counts.Length; i++)
        {
            first[i] = keys.Count + 1;
            counts[i] = events[i].BusinessKeys.Count;
            foreach (var key in events[i].BusinessKeys)
            {
                keys.Add(key.Key);
                if (rules.IndexOf(key.Rule) is var known and >= 0)
                {
                    ruleOfKey.Add((short)(known + 1));
                    continue;
                }

                rules.Add(key.Rule);
                ruleOfKey.Add((short)rules.Count);
            }
        }

        if (keys.Count == 0)
            return false;
        command.Parameters.Add(SqlArray.Of(NpgsqlDbType.Integer, first));
        command.Parameters.Add(SqlArray.Of(NpgsqlDbType.Integer, counts));
        command.Parameters.Add(SqlArray.Of(NpgsqlDbType.Uuid, keys.ToArray()));
        command.Parameters.Add(SqlArray.Of(NpgsqlDbType.Smallint, ruleOfKey.ToArray()));
        command.Parameters.Add(SqlArray.Of(NpgsqlDbType.Text, rules.ToArray()));
        // Whether two events of this batch look alike; to find it out here is cheaper than there.
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = new HashSet<Guid>(keys).Count < keys.Count });
        return true;
    }
}
