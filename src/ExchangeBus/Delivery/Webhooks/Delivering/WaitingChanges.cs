using Dapper;
using ExchangeBus.Dispatch;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Writes what happened to deliveries that wait, within the transaction that moves the position. Each statement may be repeated: whether a commit took place is not
/// always known.
/// </summary>
internal sealed class WaitingChanges(ExhaustedDeliveries exhausted)
{
    private const string InsertWaiting = """
        insert into waiting_delivery (subscription, partition, sequence, order_key, type, recorded_at, previous, attempt, first_failed_at, next_at, failure, status)
        select @Subscription, @Partition, w.sequence, w.order_key, w.type, w.recorded_at, w.previous, w.attempt, w.first_failed_at, w.next_at, w.failure, w.status
        from unnest(@Sequences, @Keys, @Types, @RecordedAts, @Previouses, @Attempts, @FirstFailedAts, @NextAts, @Failures, @Statuses)
            as w (sequence, order_key, type, recorded_at, previous, attempt, first_failed_at, next_at, failure, status)
        on conflict do nothing
        """;

    private const string UpdateWaiting = """
        update waiting_delivery w
        set attempt = f.attempt, first_failed_at = f.first_failed_at, next_at = f.next_at, failure = f.failure, status = f.status
        from unnest(@Sequences, @Attempts, @FirstFailedAts, @NextAts, @Failures, @Statuses) as f (sequence, attempt, first_failed_at, next_at, failure, status)
        where w.subscription = @Subscription and w.sequence = f.sequence
        """;

    private const string InsertAttempts = """
        insert into delivery_attempt (subscription, sequence, attempted_at, result, duration_ms, status)
        select @Subscription, a.sequence, a.attempted_at, a.result, a.duration_ms, a.status
        from unnest(@Sequences, @Ats, @Results, @Durations, @Statuses) as a (sequence, attempted_at, result, duration_ms, status)
        on conflict do nothing
        """;

    private const string InsertLate = """
        insert into late_delivery (subscription, sequence, received_at, attempts)
        select @Subscription, l.sequence, l.received_at, l.attempts from unnest(@Sequences, @Ats, @Attempts) as l (sequence, received_at, attempts)
        on conflict (subscription, sequence) do nothing
        """;

    private const string DeleteWaiting = "delete from waiting_delivery where subscription = @Subscription and sequence = any (@Sequences)";

    // The first of each key that was touched, when nothing is before it any more.
    private const string Promote = """
        update waiting_delivery w set next_at = clock_timestamp()
        from (select order_key, min(sequence) as first from waiting_delivery
              where subscription = @Subscription and partition = @Partition and order_key = any (@Keys) group by order_key) f
        where w.subscription = @Subscription and w.sequence = f.first and w.next_at is null
        """;

    /// <summary>Returns what is to be done after the commit.</summary>
    internal async Task<Action> WriteAsync(
        NpgsqlTransaction transaction, Position position, string agency, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        Task Run(string sql, object parameters) => transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
        var (subscription, partition) = (position.Subscription, (short)position.Partition);
        var waits = changes.OfType<Change.Waits>().Select(w => w.Row).ToArray();
        var failed = changes.OfType<Change.Failed>().Select(f => f.Row).ToArray();
        var attempts = changes.OfType<Change.Attempted>().Select(a => a.Attempt).ToArray();
        var answered = changes.OfType<Change.Answered>().ToArray();
        var dead = changes.OfType<Change.Died>().Select(d => d.Last).ToArray();
        WaitingRow[] done = [.. answered.Select(a => a.Row), .. dead.Select(d => d.Row), .. changes.OfType<Change.TakenBack>().Select(t => t.Row)];

        if (waits.Length > 0)
        {
            await Run(InsertWaiting, new
            {
                Subscription = subscription,
                Partition = partition,
                Sequences = waits.Select(w => w.Sequence).ToArray(),
                Keys = waits.Select(w => w.OrderKey).ToArray(),
                Types = waits.Select(w => w.Type).ToArray(),
                RecordedAts = waits.Select(w => w.RecordedAt.ToUniversalTime()).ToArray(),
                Previouses = waits.Select(w => w.Previous).ToArray(),
                Attempts = waits.Select(w => w.Attempt).ToArray(),
                FirstFailedAts = waits.Select(w => w.FirstFailedAt).ToArray(),
                NextAts = waits.Select(w => w.NextAt).ToArray(),
                Failures = waits.Select(w => w.Failure).ToArray(),
                Statuses = waits.Select(w => w.Status).ToArray(),
            });
        }

        if (failed.Length > 0)
        {
            await Run(UpdateWaiting, new
            {
                Subscription = subscription,
                Sequences = failed.Select(w => w.Sequence).ToArray(),
                Attempts = failed.Select(w => w.Attempt).ToArray(),
                FirstFailedAts = failed.Select(w => w.FirstFailedAt).ToArray(),
                NextAts = failed.Select(w => w.NextAt).ToArray(),
                Failures = failed.Select(w => w.Failure).ToArray(),
                Statuses = failed.Select(w => w.Status).ToArray(),
            });
        }

        if (attempts.Length > 0)
        {
            await Run(InsertAttempts, new
            {
                Subscription = subscription,
                Sequences = attempts.Select(a => a.Sequence).ToArray(),
                Ats = attempts.Select(a => a.At.ToUniversalTime()).ToArray(),
                Results = attempts.Select(a => a.Failure).ToArray(),
                Durations = attempts.Select(a => (int)a.Duration.TotalMilliseconds).ToArray(),
                Statuses = attempts.Select(a => a.Status).ToArray(),
            });
        }

        if (answered.Length > 0)
        {
            await Run(InsertLate, new
            {
                Subscription = subscription,
                Sequences = answered.Select(a => a.Row.Sequence).ToArray(),
                Ats = answered.Select(a => a.At.ToUniversalTime()).ToArray(),
                Attempts = answered.Select(a => a.Row.Attempt + 1).ToArray(),
            });
        }

        if (done.Length > 0)
            await Run(DeleteWaiting, new { Subscription = subscription, Sequences = done.Select(d => d.Sequence).ToArray() });
        if (done.Length + waits.Length > 0)
            await Run(Promote, new { Subscription = subscription, Partition = partition, Keys = done.Concat(waits).Select(w => w.OrderKey).Distinct().ToArray() });
        // Last, because it may take the log's lock.
        return dead.Length == 0 ? static () => { } : await exhausted.KeepAsync(transaction, position, agency, dead, cancellationToken);
    }
}
