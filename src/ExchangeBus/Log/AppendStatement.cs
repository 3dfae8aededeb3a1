using System.Runtime.InteropServices;
using ExchangeBus.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Log;

/// <summary>
/// The statements that write events into the log, as the last of any transaction: whoever accepts an event from outside
/// and a saga that saves its state use the same ones.
/// </summary>
internal static class AppendStatement
{
    // 0x6578627573 = "exbus". Held from here to the commit, so that positions become visible in their order:
    // the next writer reads the newest position only after this one is visible.
    internal const string LockLog = "select pg_advisory_xact_lock(435627357555)";

    // A statement of its own: its snapshot must be taken after the lock was given. An event is left out that is held itself, or behind one that is; one that
    // the same transaction has just kept apart holds back only what comes after it. "offset 0" keeps PostgreSQL from joining: it looks into an index for each
    // event, however small it believed the tables to be when it made its plan. The time is the database's, so that nodes
    // whose clocks differ write one order; should that clock be set back, time stands still until it has caught up.
    private const string Fresh = """
        with newest as (
            select sequence, greatest(recorded_at, clock_timestamp()) as now from log_newest
        ), fresh as (
            select i.event_key, i.lane, i.type, i.source, i.id, i.subject, i.recipient, i.correlation_id, i.data_hash, i.envelope, i.data,
                   newest.sequence + row_number() over (order by i.position) as sequence, newest.now, i.position
            from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::bytea[], $10::bytea[], $11::bytea[], $12::bigint[])
                with ordinality as i (event_key, lane, type, source, id, subject, recipient, correlation_id, data_hash, envelope, data, order_key, position)
            cross join newest
            where not exists (select 1 from event_identity e where e.event_key = i.event_key offset 0)
              and not exists (
                  select 1 from held_event h
                  left join unnest($1::uuid[]) with ordinality as b (event_key, position) on b.event_key = h.event_key and h.xmin = pg_current_xact_id()::xid
                  where h.order_key = i.order_key and h.decided_at is null and coalesce(b.position, 0) <= i.position
                  offset 0)
        ), known as (
            insert into event_identity (event_key, sequence, recorded_at) select event_key, sequence, now from fresh
        ), moved as (
            update log_head h set sequence = m.sequence, recorded_at = m.now
            from newest, (select max(sequence) as sequence, max(now) as now from fresh) m
            where h.sequence = newest.sequence and m.sequence is not null
        ), logged as (
            insert into event_log (sequence, event_key, lane, type, source, id, subject, recipient, correlation_id, recorded_at, data_hash, envelope, data)
            select sequence, event_key, lane, type, source, id, subject, recipient, correlation_id, now, data_hash, envelope, data
            from fresh
        )
        """;

    private const string Places = "select event_key, sequence, now, null::text from fresh";

    private const string PlacesWithFlags = "select f.event_key, f.sequence, f.now, a.rule from fresh f left join flagged a on a.sequence = f.sequence";

    private const string InsertEvents = Fresh + Places;

    private const string InsertEventsWithKeys = Fresh + BusinessKeyStatement.RememberAndFlag + PlacesWithFlags;

    private const string InsertOriginals = """
        insert into original_message (event_key, source, message_id, media_type, body, received_at)
        select o.event_key, o.source, o.message_id, o.media_type, o.body, clock_timestamp()
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[]) as o (event_key, source, message_id, media_type, body)
        on conflict do nothing
        """;

    /// <summary>
    /// Adds the commands for events that nothing holds back: those of a procedure, and those that were released. The last one's result is a row
    /// (key, sequence, time, rule by which it looks like an earlier one) for each event that is new. Keys must differ.
    /// </summary>
    internal static void AddTo(NpgsqlBatch batch, IReadOnlyList<NewEvent> events)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockLog));
        AddInsert(batch, events, mayBeHeld: false);
    }

    /// <summary>
    /// Adds the commands for events from outside. An event whose order key is held back is left out of the rows, and kept apart only when
    /// <paramref name="hold"/> is set.
    /// </summary>
    internal static void AddIntakeTo(NpgsqlBatch batch, IReadOnlyList<NewEvent> events, bool hold)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockLog));
        // Under the lock: two nodes that bring the same messages in another order would wait for each other.
        AddOriginals(batch, events);
        if (hold)
            HoldStatement.AddTo(batch, events);
        AddInsert(batch, events, mayBeHeld: true);
    }

    /// <summary>True when the reader stands at the rows of the append, wherever they are among the results.</summary>
    internal static bool HasPlaces(NpgsqlDataReader reader) => reader.FieldCount == 4;

    internal static void ReadPlace(NpgsqlDataReader reader, Dictionary<Guid, Placed> places) => places.Add(
        reader.GetGuid(0),
        new Placed(reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)) { LooksLikeEarlierBy = reader.IsDBNull(3) ? null : reader.GetString(3) });

    private static void AddOriginals(NpgsqlBatch batch, IReadOnlyList<NewEvent> events)
    {
        // The events of one message all bring it, so that it is kept whichever of them is accepted.
        var originals = events.Where(e => e.Original is not null).DistinctBy(e => (e.Event.Source, e.Original!.Id)).ToArray();
        if (originals.Length == 0)
            return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertOriginals)
        {
            Parameters =
            {
                SqlArray.Of(NpgsqlDbType.Uuid, originals, e => e.Key),
                SqlArray.Of(NpgsqlDbType.Text, originals, e => e.Event.Source),
                SqlArray.Of(NpgsqlDbType.Text, originals, e => e.Original!.Id),
                SqlArray.Of(NpgsqlDbType.Text, originals, e => e.Original!.MediaType),
                SqlArray.Of(NpgsqlDbType.Bytea, originals, e => e.Original!.Body),
            },
        });
    }

    private static void AddInsert(NpgsqlBatch batch, IReadOnlyList<NewEvent> events, bool mayBeHeld)
    {
        var command = new NpgsqlBatchCommand
        {
            Parameters =
            {
                SqlArray.Of(NpgsqlDbType.Uuid, events, e => e.Key),
                SqlArray.Of(NpgsqlDbType.Smallint, events, e => e.Lane),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Type),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Source),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Id),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Subject),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event[ExtensionAttributes.Recipient]),
                SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event[ExtensionAttributes.CorrelationId]),
                SqlArray.Of(NpgsqlDbType.Bytea, events, e => e.DataHash),
                SqlArray.Of(NpgsqlDbType.Bytea, events, e => e.Envelope),
                SqlArray.Of(NpgsqlDbType.Bytea, events, e => MemoryMarshal.TryGetArray(e.Event.Data, out var data) && data.Offset == 0 && data.Count == data.Array!.Length ? data.Array : e.Event.Data.ToArray()),
                SqlArray.Of(NpgsqlDbType.Bigint, events, e => mayBeHeld ? e.Place.OrderKey : (long?)null),
            },
        };
        command.CommandText = BusinessKeyStatement.AddParameters(command, events) ? InsertEventsWithKeys : InsertEvents;
        batch.BatchCommands.Add(command);
    }
}
