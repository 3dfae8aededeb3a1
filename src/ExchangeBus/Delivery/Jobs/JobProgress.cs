using System.Text.Json;
using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>A job that this node has taken, as far as it has come.</summary>
internal sealed record ClaimedJob(JobOrder Order, long Position, long Delivered, IReadOnlyDictionary<string, long> Skipped, long Total);

/// <summary>What a step of a job has come to.</summary>
/// <param name="Position">What comes after it has not been looked at.</param>
/// <param name="Delivered">Positions of what was handed out, in order.</param>
/// <param name="Skipped">How many were skipped, by rule.</param>
/// <param name="IsEnd">Nothing comes after it.</param>
internal sealed record JobStepDone(long Position, IReadOnlyList<long> Delivered, IReadOnlyDictionary<string, long> Skipped, bool IsEnd);

/// <summary>
/// Which node runs a job, and how far it has come. Leases run by the database's clock. What was handed out is noted in the transaction that moves the position, by the
/// node that holds the lease only: what a node did not note before it died is handed out again.
/// </summary>
internal sealed class JobProgress(NpgsqlDataSource dataSource, TimeProvider time)
{
    // Not those of subscriptions that ask: their questions run them.
    private const string Claim = """
        update delivery_job set owner = @Node, lease_until = clock_timestamp() + @Lease, started_at = coalesce(started_at, @Now)
        where id in (
            select id from delivery_job
            where state = 'running' and id <> all(@Held)
              and not exists (select from subscription s where s.name = subscription and s.way = 'pull') and (owner is null or owner = @Node or lease_until < clock_timestamp())
            order by created_at limit @Room for update skip locked)
        returning id, subscription, kind, is_listed as islisted, array_to_string(reasons, ' ') as reasons, dead_before as deadbefore, not_before as notbefore, from_sequence as fromsequence,
                  to_sequence as tosequence, rate, position, delivered, skipped::text as skipped, total
        """;

    // Null when another node has it, or nobody: then it is not this one's to go on with.
    private const string Renew = """
        update delivery_job set lease_until = clock_timestamp() + @Lease, waits_for = @WaitsFor where id = @Id and owner = @Node returning state
        """;

    private const string Look = "select state from delivery_job where id = @Id and owner = @Node";

    private const string Save = """
        update delivery_job
        set position = @Position, delivered = delivered + @Delivered, lease_until = clock_timestamp() + @Lease, waits_for = null,
            skipped = add_counts(skipped, @Rules, @Counts),
            state = case when @IsEnd and state = 'running' then 'completed' else state end,
            ended_at = case when @IsEnd and state = 'running' then @Now else ended_at end
        where id = @Id and owner = @Node
        returning state
        """;

    private const string MarkRedriven = """
        update dead_letter set redriven_at = @Now, redriven_by = @Id, discarded_at = null where subscription = @Subscription and sequence = any(@Sequences)
        """;

    private const string LetGo = "update delivery_job set owner = null, lease_until = null where id = @Id and owner = @Node";

    internal async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(string node, IReadOnlyCollection<Guid> held, int room, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Claim, new { Node = node, Held = held.ToArray(), Room = room, Lease = lease, Now = time.GetUtcNow() }, cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.Read())];
    }

    /// <summary>Where the job stands; null when it is no longer this node's.</summary>
    internal async Task<JobState?> LookAsync(string node, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return StateOf(await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(Look, new { Id = id, Node = node }, cancellationToken: cancellationToken)));
    }

    internal async Task<JobState?> RenewAsync(string node, Guid id, string? waitsFor, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return StateOf(await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            Renew, new { Id = id, Node = node, WaitsFor = waitsFor, Lease = lease }, cancellationToken: cancellationToken)));
    }

    internal async Task<JobState?> SaveAsync(string node, JobOrder job, JobStepDone done, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);
        var now = time.GetUtcNow();
        var state = await connection.QuerySingleOrDefaultAsync<string>(Command(Save, new
        {
            job.Id,
            Node = node,
            done.Position,
            Delivered = done.Delivered.Count,
            Rules = done.Skipped.Keys.ToArray(),
            Counts = done.Skipped.Values.ToArray(),
            done.IsEnd,
            Lease = lease,
            Now = now,
        }));
        if (state is null)
            return null;
        if (job.Kind == JobKind.Redrive && done.Delivered.Count > 0)
            await connection.ExecuteAsync(Command(MarkRedriven, new { job.Id, job.Subscription, Sequences = done.Delivered.ToArray(), Now = now }));
        await transaction.CommitAsync(cancellationToken);
        return StateOf(state);
    }

    internal async Task LetGoAsync(string node, Guid id)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(LetGo, new { Id = id, Node = node });
    }

    private static JobState? StateOf(string? text) => text is null ? null : JobStore.StateOf(text);

    private sealed record Row(
        Guid Id, string Subscription, string Kind, bool IsListed, string? Reasons, DateTimeOffset? DeadBefore, DateTimeOffset? NotBefore, long FromSequence, long ToSequence, int Rate,
        long Position, long Delivered, string Skipped, long Total)
    {
        internal ClaimedJob Read() => new(
            new JobOrder(Id, Subscription, Enum.Parse<JobKind>(Kind, ignoreCase: true), IsListed, Reasons?.Split(' '), DeadBefore, NotBefore, FromSequence, ToSequence, Rate),
            Position, Delivered, JsonSerializer.Deserialize<Dictionary<string, long>>(Skipped)!, Total);
    }
}
