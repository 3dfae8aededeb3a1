using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Log;

/// <summary>
/// Keeps events apart that a person must decide on, and with them what comes after them for the same order key, so that nothing is overtaken.
/// Runs under the log's lock, before the append, which leaves out what is kept apart.
/// </summary>
internal static class HoldStatement
{
    private const string InsertHeld = """
        with fresh as (
            select i.event_key, i.order_key, i.lane, i.type, i.source, i.id, i.subject, i.data_hash, i.envelope, i.data, i.reasons, i.position
            from unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], $11::text[])
                with ordinality as i (event_key, order_key, lane, type, source, id, subject, data_hash, envelope, data, reasons, position)
            where not exists (select 1 from event_identity e where e.event_key = i.event_key offset 0)
              and not exists (select 1 from held_event h where h.event_key = i.event_key and h.decided_at is null offset 0)
        )
        insert into held_event (event_key, order_key, lane, type, source, id, subject, data_hash, envelope, data, reasons, held_at)
        select f.event_key, f.order_key, f.lane, f.type, f.source, f.id, f.subject, f.data_hash, f.envelope, f.data, f.reasons::jsonb, clock_timestamp()
        from fresh f
        where f.reasons is not null
           or exists (select 1 from held_event h where h.order_key = f.order_key and h.decided_at is null offset 0)
           or exists (select 1 from fresh b where b.order_key = f.order_key and b.position < f.position and b.reasons is not null)
        order by f.position
        """;

    internal static void AddTo(NpgsqlBatch batch, IReadOnlyList<NewEvent> events) => batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertHeld)
    {
        Parameters =
        {
            SqlArray.Of(NpgsqlDbType.Uuid, events, e => e.Key),
            SqlArray.Of(NpgsqlDbType.Bigint, events, e => e.Place.OrderKey),
            SqlArray.Of(NpgsqlDbType.Smallint, events, e => e.Lane),
            SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Type),
            SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Source),
            SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Id),
            SqlArray.Of(NpgsqlDbType.Text, events, e => e.Event.Subject),
            SqlArray.Of(NpgsqlDbType.Bytea, events, e => e.DataHash),
            SqlArray.Of(NpgsqlDbType.Bytea, events, e => e.Envelope),
            SqlArray.Of(NpgsqlDbType.Bytea, events, e => e.Event.Data.ToArray()),
            SqlArray.Of(NpgsqlDbType.Text, events, e => e.HeldBecause),
        },
    });
}
