using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>
/// Bounds what one system leaves to people (<see cref="LogOptions.HeldEventsPerSource"/>). It looks only when something is to be held, and
/// before the log's lock is taken: with several nodes, each may go over by the batch that it has in hand.
/// </summary>
internal sealed class HeldBound(IOptions<LogOptions> options)
{
    private const string CountWaiting = """
        select s.source, (select count(*) from (select 1 from held_event h where h.source = s.source and h.decided_at is null limit $2) waiting)
        from unnest($1::text[]) as s (source)
        """;

    private const string SelectHeldOrderKeys = "select distinct order_key from held_event where decided_at is null and order_key = any($1)";

    private const string SelectHeldKeys = "select event_key from held_event where decided_at is null and event_key = any($1)";

    /// <summary>Events without those for which a person would have to find time, beyond the bound of their source.</summary>
    internal IReadOnlyList<NewEvent> Keep(NpgsqlConnection connection, IReadOnlyList<NewEvent> events)
    {
        var (room, heldOrderKeys, heldKeys) = Look(connection, events);
        return [.. events.Where(e =>
        {
            var waits = e.HeldBecause is not null || heldOrderKeys.Contains(e.Place.OrderKey);
            if (!waits || heldKeys.Contains(e.Key))
                return true;
            if (room[e.Event.Source]-- <= 0)
                return false;
            heldOrderKeys.Add(e.Place.OrderKey);
            return true;
        })];
    }

    private (Dictionary<string, long> Room, HashSet<long> HeldOrderKeys, HashSet<Guid> HeldKeys) Look(NpgsqlConnection connection, IReadOnlyList<NewEvent> events)
    {
        long most = options.Value.HeldEventsPerSource;
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(CountWaiting)
                {
                    Parameters = { new NpgsqlParameter<string[]> { TypedValue = [.. events.Select(e => e.Event.Source).Distinct()] }, new NpgsqlParameter<long> { TypedValue = most } },
                },
                new NpgsqlBatchCommand(SelectHeldOrderKeys) { Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. events.Select(e => e.Place.OrderKey)] } } },
                new NpgsqlBatchCommand(SelectHeldKeys) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. events.Select(e => e.Key)] } } },
            },
        };
        using var reader = batch.ExecuteReader();
        var room = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
            room.Add(reader.GetString(0), most - reader.GetInt64(1));
        reader.NextResult();
        var orderKeys = new HashSet<long>();
        while (reader.Read())
            orderKeys.Add(reader.GetInt64(0));
        reader.NextResult();
        var keys = new HashSet<Guid>();
        while (reader.Read())
            keys.Add(reader.GetGuid(0));
        return (room, orderKeys, keys);
    }
}
