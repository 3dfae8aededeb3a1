using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>
/// Keeps dead letters, lets the acknowledgement go over them, and tells the agency, in one transaction. Telling it of the same one again changes nothing.
/// </summary>
internal sealed class DeadLetterStore(NpgsqlDataSource dataSource, RuleChange bus, OrderKeys orderKeys, LogTail tail, TimeProvider time)
{
    // Before anything is read or written: a word of the subscriber that comes at the same time must see these dead letters, or these must see the word.
    private const string LockPositions = """
        select p.partition from delivery_position p
        where (p.subscription, p.partition) in (select s, n from unnest(@Subscriptions::text[], @Partitions::smallint[]) as u (s, n))
        order by p.subscription, p.partition for update
        """;

    // True when it was not a dead letter before; no row when this attempt is known.
    private const string Keep = """
        with attempt as (
            insert into delivery_attempt (subscription, sequence, attempted_at, message, result, deliveries)
            values (@Subscription, @Sequence, @DiedAt, @Message, @Reason, @Deliveries)
            on conflict do nothing
            returning subscription, sequence
        ), kept as (
            insert into dead_letter as d (subscription, sequence, partition, previous, type, recorded_at, reason, dead_at, deliveries)
            select subscription, sequence, @Partition, @Previous, @Type, @RecordedAt, @Reason, @Now, @Deliveries from attempt
            on conflict (subscription, sequence) do update
            set previous = coalesce(d.previous, excluded.previous), type = excluded.type, recorded_at = excluded.recorded_at, reason = excluded.reason,
                dead_at = excluded.dead_at, deliveries = d.deliveries + excluded.deliveries, redriven_at = null, redriven_by = null,
                discarded_at = null
        )
        select not exists (
            select 1 from dead_letter o where o.subscription = a.subscription and o.sequence = a.sequence and o.redriven_at is null and o.discarded_at is null) as isnew
        from attempt a
        """;

    private const string Acknowledge = """
        update delivery_position p
        set acknowledged = r.acknowledged, delivered = greatest(p.delivered, r.acknowledged), read = greatest(p.read, r.acknowledged)
        from (select l.subscription, l.partition, past_dead_letters(l.subscription, l.partition, l.acknowledged) as acknowledged
              from delivery_position l
              where (l.subscription, l.partition) in (select s, n from unnest(@Subscriptions::text[], @Partitions::smallint[]) as u (s, n))) r
        where p.subscription = r.subscription and p.partition = r.partition and p.acknowledged < r.acknowledged
        """;

    /// <summary>Returns those that were no dead letters before.</summary>
    internal async Task<IReadOnlyList<DeadLetter>> KeepAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);

        var places = letters.Select(l => (l.Subscription, l.Partition)).Distinct().ToArray();
        var touched = new { Subscriptions = places.Select(p => p.Subscription).ToArray(), Partitions = places.Select(p => (short)p.Partition).ToArray() };
        await connection.ExecuteAsync(Command(LockPositions, touched));
        var fresh = new List<DeadLetter>(letters.Count);
        foreach (var letter in letters)
        {
            if (await connection.QuerySingleOrDefaultAsync<bool?>(Command(Keep, ParametersOf(letter))) == true)
                fresh.Add(letter);
        }

        await connection.ExecuteAsync(Command(Acknowledge, touched));
        // That one could not be delivered to the agency either; telling of it would never end.
        var told = fresh.Where(l => l.Type != EventTypes.DeliveryExhausted).Select(l => NewEvent.From(Announcement(l), orderKeys)).ToArray();
        if (told.Length > 0)
        {
            // Last, because it takes the log's lock.
            await using var batch = new NpgsqlBatch(connection, transaction);
            AppendStatement.AddTo(batch, told);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        tail.Wake();
        return fresh;
    }

    private object ParametersOf(DeadLetter letter) => new
    {
        letter.Subscription,
        letter.Sequence,
        Partition = (short)letter.Partition,
        letter.Previous,
        letter.Type,
        RecordedAt = letter.RecordedAt.ToUniversalTime(),
        letter.Reason,
        DiedAt = letter.DiedAt.ToUniversalTime(),
        letter.Deliveries,
        letter.Message,
        Now = time.GetUtcNow(),
    };

    private CloudEvent Announcement(DeadLetter letter) => bus.Announce(EventTypes.DeliveryExhausted, letter.Subscription, letter.Agency, new JsonObject
    {
        ["subscription"] = letter.Subscription,
        ["sequence"] = letter.Sequence,
        ["attempts"] = letter.Deliveries,
        ["reason"] = letter.Reason,
    });
}
