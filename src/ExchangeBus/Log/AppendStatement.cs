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
    private const string LockLog = "select pg_advisory_xact_lock(435627357555)";

    // A statement of its own: its snapshot must be taken after the lock was given. The time is the database's, so that nodes
    // whose clocks differ write one order; should that clock be set back, time stands still until it has caught up.
    private const string InsertEvents = """
        with newest as (
            select sequence, greatest(recorded_at, clock_timestamp()) as now from log_newest()
        ), fresh as (
            select i.event_key, i.lane, i.type, i.source, i.id, i.subject, i.recipient, i.correlation_id, i.data_hash, i.envelope, i.data,
                   newest.sequence + row_number() over (order by i.position) as sequence, newest.now
            from unnest($1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                        $9::bytea[], $10::bytea[], $11::bytea[])
                with ordinality as i (event_key, lane, type, source, id, subject, recipient, correlation_id, data_hash, envelope, data, position)
            cross join newest
            where not exists (select 1 from event_identity e where e.event_key = i.event_key)
        ), known as (
            insert into event_identity (event_key, sequence, recorded_at) select event_key, sequence, now from fresh
        )
        insert into event_log (sequence, event_key, lane, type, source, id, subject, recipient, correlation_id, recorded_at, data_hash, envelope, data)
        select sequence, event_key, lane, type, source, id, subject, recipient, correlation_id, now, data_hash, envelope, data
        from fresh
        returning event_key, sequence, recorded_at
        """;

    private const string InsertOriginals = """
        insert into original_message (event_key, media_type, body, received_at)
        select o.event_key, o.media_type, o.body, clock_timestamp()
        from unnest($1::uuid[], $2::text[], $3::bytea[]) as o (event_key, media_type, body)
        on conflict do nothing
        """;

    /// <summary>Adds the commands; the last one's result is a row (key, sequence, time) for each event that is new. Keys must differ.</summary>
    internal static void AddTo(NpgsqlBatch batch, IReadOnlyList<NewEvent> events)
    {
        var originals = events.Where(e => e.Original is not null).ToArray();
        if (originals.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertOriginals)
            {
                Parameters =
                {
                    Array(NpgsqlDbType.Uuid, originals, e => e.Key),
                    Array(NpgsqlDbType.Text, originals, e => e.Original!.MediaType),
                    Array(NpgsqlDbType.Bytea, originals, e => e.Original!.Body),
                },
            });
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockLog));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertEvents)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Uuid, events, e => e.Key),
                Array(NpgsqlDbType.Smallint, events, e => e.Lane),
                Array(NpgsqlDbType.Text, events, e => e.Event.Type),
                Array(NpgsqlDbType.Text, events, e => e.Event.Source),
                Array(NpgsqlDbType.Text, events, e => e.Event.Id),
                Array(NpgsqlDbType.Text, events, e => e.Event.Subject),
                Array(NpgsqlDbType.Text, events, e => e.Event[ExtensionAttributes.Recipient]),
                Array(NpgsqlDbType.Text, events, e => e.Event[ExtensionAttributes.CorrelationId]),
                Array(NpgsqlDbType.Bytea, events, e => e.DataHash),
                Array(NpgsqlDbType.Bytea, events, e => e.Envelope),
                Array(NpgsqlDbType.Bytea, events, e => MemoryMarshal.TryGetArray(e.Event.Data, out var data) && data.Offset == 0 && data.Count == data.Array!.Length ? data.Array : e.Event.Data.ToArray()),
            },
        });
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, IReadOnlyList<NewEvent> events, Func<NewEvent, T> value)
    {
        var values = new T[events.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(events[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
