using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Turns units into the commands of one batch: set-based, so the number of commands does not grow with the number of units.</summary>
internal sealed class UnitWriter(PostgreSqlStorageOptions options, IOutgoingMessageStore store, TransitionRecorder transitions, TimeProvider timeProvider)
{
    /// <summary>SQLSTATE (a class of our own) with which the inbox refuses messages that it already has.</summary>
    public const string DuplicateState = "EB001";

    /// <summary>SQLSTATE (a class of our own) with which a saga table refuses writes that lost the race for a version.</summary>
    public const string LostRaceState = "EB002";

    private const string TakeMidnightLocksSql = """
        select pg_advisory_xact_lock(k.key) from unnest($1::bigint[]) as k (key)
        """;

    // "n % 1 = 0" is true of every row and lets the planner expect one: then it takes the index, however small the table was
    // when the plan was made. A cached plan that scans the table would outlive the small table.
    private const string InsertInboxSql = """
        with wanted (n, message_id, consumer_id) as (
            select u.n, u.message_id, u.consumer_id from unnest($1::int[], $2::uuid[], $3::uuid[]) as u (n, message_id, consumer_id)
            where u.n % 1 = 0),
        done as (
            insert into {schema}.inbox (message_id, consumer_id, day, consumed_at)
            select w.message_id, w.consumer_id, $4::date, $5
            from wanted w
            where not exists (select from {schema}.inbox i where i.message_id = w.message_id and i.consumer_id = w.consumer_id and i.day >= $6)
            on conflict do nothing
            returning message_id, consumer_id)
        select case when (select count(*) from wanted) = (select count(*) from done) then 0 else {schema}.refuse_lost(array(
            select w.n from wanted w
            where not exists (select from done d where d.message_id = w.message_id and d.consumer_id = w.consumer_id)), 'EB001', 'inbox') end
        """;

    private const string CancelScheduledSql = """
        delete from {schema}.scheduled_message where token = any($1::uuid[])
        """;

    private const string InsertScheduledSql = """
        insert into {schema}.scheduled_message (id, token, due_at, ordering_key, message, body)
        select u.id, u.token, u.due_at, u.ordering_key, u.message, u.body
        from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::bytea[])
            as u (id, token, due_at, ordering_key, message, body)
        on conflict (id) do nothing
        """;

    private readonly string _insertInbox = InsertInboxSql.InSchema(options.Schema);
    private readonly string _cancelScheduled = CancelScheduledSql.InSchema(options.Schema);
    private readonly string _insertScheduled = InsertScheduledSql.InSchema(options.Schema);

    /// <summary>Fills the batch. The returned lists tell, per label of a refusal, which units its ordinals mean.</summary>
    public Dictionary<string, IReadOnlyList<UnitOfWork>> Fill(NpgsqlBatch batch, IReadOnlyList<UnitOfWork> units)
    {
        var owners = new Dictionary<string, IReadOnlyList<UnitOfWork>>();
        AddInbox(batch, units, owners);
        AddSagas(batch, units, owners);
        AddScheduled(batch, units);
        foreach (var command in units.SelectMany(x => x.Commands))
            batch.BatchCommands.Add(Copy(command));
        transitions.AddCommands(batch, units);
        var outgoing = units.SelectMany(x => x.Outgoing).ToList();
        if (outgoing.Count > 0)
            store.AddCommands(batch, outgoing);
        return owners;
    }

    private void AddInbox(NpgsqlBatch batch, IReadOnlyList<UnitOfWork> units, Dictionary<string, IReadOnlyList<UnitOfWork>> owners)
    {
        var received = units.Where(x => x.MessageId is not null).ToList();
        if (received.Count == 0)
            return;
        var now = timeProvider.GetUtcNow();
        if (IsNearMidnight(now))
        {
            // Two copies on the two sides of midnight go to two partitions, and no unique index spans them.
            var keys = received.Select(x => BitConverter.ToInt64(x.MessageId!.Value.ToByteArray())).Distinct().Order().ToArray();
            batch.BatchCommands.Add(Commands.Create(TakeMidnightLocksSql, Commands.Array(keys, NpgsqlDbType.Bigint)));
        }
        owners.Add("inbox", received);
        batch.BatchCommands.Add(Commands.Create(_insertInbox,
            Commands.Array(Enumerable.Range(0, received.Count).ToArray(), NpgsqlDbType.Integer),
            Commands.Array(received.Select(x => x.MessageId!.Value).ToArray(), NpgsqlDbType.Uuid),
            Commands.Array(received.Select(x => x.ConsumerId).ToArray(), NpgsqlDbType.Uuid),
            new NpgsqlParameter<DateOnly> { TypedValue = DateOnly.FromDateTime(now.UtcDateTime) },
            new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime },
            new NpgsqlParameter<DateOnly> { TypedValue = received.Min(x => x.MayBeIn) }));
    }

    private void AddSagas(NpgsqlBatch batch, IReadOnlyList<UnitOfWork> units, Dictionary<string, IReadOnlyList<UnitOfWork>> owners)
    {
        var now = timeProvider.GetUtcNow();
        var writes = units.SelectMany(unit => unit.SagaWrites.Select(write => (unit, write)));
        foreach (var group in writes.GroupBy(x => (x.write.Table, x.write.Kind)))
        {
            // One order of rows for everybody keeps two batches from waiting for each other.
            var ordered = group.OrderBy(x => x.write.CorrelationId).ToList();
            owners.Add(group.Key.Table.Name + "/" + group.Key.Kind, ordered.ConvertAll(x => x.unit));
            batch.BatchCommands.Add(group.Key.Table.CreateCommand(group.Key.Kind, ordered.ConvertAll(x => x.write), now));
        }
    }

    private void AddScheduled(NpgsqlBatch batch, IReadOnlyList<UnitOfWork> units)
    {
        var cancelled = units.SelectMany(x => x.CancelledTokens).ToArray();
        if (cancelled.Length > 0)
            batch.BatchCommands.Add(Commands.Create(_cancelScheduled, Commands.Array(cancelled, NpgsqlDbType.Uuid)));
        var scheduled = units.SelectMany(x => x.Scheduled).ToList();
        if (scheduled.Count == 0)
            return;
        batch.BatchCommands.Add(Commands.Create(_insertScheduled,
            Commands.Array(scheduled.Select(x => x.Id).ToArray(), NpgsqlDbType.Uuid),
            Commands.Array(scheduled.Select(x => x.SchedulingToken ?? x.Id).ToArray(), NpgsqlDbType.Uuid),
            Commands.Array(scheduled.Select(x => x.Due!.Value.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz),
            Commands.Array(scheduled.Select(x => x.OrderingKey).ToArray(), NpgsqlDbType.Text),
            Commands.Array(scheduled.Select(StoredMessage.Serialize).ToArray(), NpgsqlDbType.Text),
            Commands.Array(scheduled.Select(x => x.BodyArray()).ToArray(), NpgsqlDbType.Bytea)));
    }

    private static bool IsNearMidnight(DateTimeOffset now) =>
        now.TimeOfDay < TimeSpan.FromMinutes(5) || now.TimeOfDay > TimeSpan.FromMinutes(24 * 60 - 5);

    // A command belongs to one batch, and a refused batch is built again.
    private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
            copy.Parameters.Add(parameter.Clone());
        return copy;
    }
}
