using System.Text.Json;
using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Jobs in PostgreSQL, as people make, see and steer them.</summary>
internal sealed class JobStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    internal const int MaxOpen = 10;

    // Held by one request at a time, and before the count, so that two do not both find room.
    private const string LockSubscription = "select name from subscription where name = @Subscription for no key update";

    private const string CountOpen = "select count(*) from delivery_job where subscription = @Subscription and state in ('running', 'paused')";

    private const string Insert = """
        insert into delivery_job (id, subscription, kind, state, is_listed, reasons, dead_before, not_before, from_sequence, to_sequence, rate, total, position, created_at)
        values (@Id, @Subscription, @Kind, 'running', @IsListed, @Reasons, @DeadBefore, @NotBefore, @FromSequence, @ToSequence, @Rate, @Total, @FromSequence - 1, @Now)
        """;

    private const string InsertItems = "insert into delivery_job_item (job, sequence) select @Id, s from unnest(@Sequences::bigint[]) as s on conflict do nothing";

    private const string InsertStep = """
        insert into delivery_job_step (job, step, action, done_at, done_by, reason)
        select @Id, coalesce(max(step), 0) + 1, @Action, @Now, @By, @Reason from delivery_job_step where job = @Id
        """;

    private const string SelectJobs = """
        select id, subscription, kind, state, waits_for as waitsfor, rate, total, delivered, skipped::text as skipped, from_sequence as fromsequence, to_sequence as tosequence,
               position, created_at as createdat, started_at as startedat, ended_at as endedat
        from delivery_job
        where subscription = @Subscription and (@Id::uuid is null or id = @Id) and (@Before::timestamptz is null or created_at < @Before)
        order by created_at desc, id desc limit @Limit
        """;

    private const string SelectSteps = """
        select job, action, done_at as at, done_by as by, reason from delivery_job_step where job = any(@Ids) order by job, step
        """;

    private const string SelectState = "select state from delivery_job where id = @Id and subscription = @Subscription for update";

    private const string Move = """
        update delivery_job set state = @State, waits_for = null, ended_at = case when @State = 'stopped' then @Now end where id = @Id
        """;

    /// <summary>False when the subscription has as many jobs as it may.</summary>
    internal async Task<bool> CreateAsync(JobOrder order, IReadOnlyList<long> sequences, long total, string by, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);
        await connection.ExecuteAsync(Command(LockSubscription, new { order.Subscription }));
        if (await connection.QuerySingleAsync<long>(Command(CountOpen, new { order.Subscription })) >= MaxOpen)
            return false;
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(Command(Insert, new
        {
            order.Id,
            order.Subscription,
            Kind = TextOf(order.Kind),
            order.IsListed,
            order.Reasons,
            order.DeadBefore,
            order.NotBefore,
            order.FromSequence,
            order.ToSequence,
            order.Rate,
            Total = total,
            Now = now,
        }));
        if (order.IsListed)
            await connection.ExecuteAsync(Command(InsertItems, new { order.Id, Sequences = sequences.ToArray() }));
        await connection.ExecuteAsync(Command(InsertStep, new { order.Id, Action = "start", Now = now, By = by, Reason = reason }));
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The newest first.</summary>
    internal async Task<IReadOnlyList<JobView>> PageAsync(string subscription, Guid? id, DateTimeOffset? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            SelectJobs, new { Subscription = subscription, Id = id, Before = before?.ToUniversalTime(), Limit = limit }, cancellationToken: cancellationToken))).AsList();
        var steps = (await connection.QueryAsync<StepRow>(new CommandDefinition(SelectSteps, new { Ids = rows.Select(r => r.Id).ToArray() }, cancellationToken: cancellationToken)))
            .ToLookup(s => s.Job, s => new JobStep(s.Action, s.At, s.By, s.Reason));
        return [.. rows.Select(r => r.Read([.. steps[r.Id]]))];
    }

    /// <summary>
    /// Takes a person's step; returns the state before when it does not allow the step, null when there is no such job. Asking for what is so already is no error.
    /// </summary>
    internal async Task<(bool Found, JobState? Hindering)> StepAsync(string subscription, Guid id, string action, string by, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<string>(Command(SelectState, new { Id = id, Subscription = subscription })) is not { } text)
            return (false, null);
        var before = StateOf(text);
        var after = action switch { "pause" => JobState.Paused, "resume" => JobState.Running, _ => JobState.Stopped };
        if (before == after)
            return (true, null);
        if (before is JobState.Stopped or JobState.Completed or JobState.Expired)
            return (true, before);
        var now = time.GetUtcNow();
        await connection.ExecuteAsync(Command(Move, new { Id = id, State = TextOf(after), Now = now }));
        await connection.ExecuteAsync(Command(InsertStep, new { Id = id, Action = action, Now = now, By = by, Reason = reason }));
        await transaction.CommitAsync(cancellationToken);
        return (true, null);
    }

    internal static string TextOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    internal static JobState StateOf(string text) => Enum.Parse<JobState>(text, ignoreCase: true);

    private sealed record StepRow(Guid Job, string Action, DateTimeOffset At, string By, string Reason);

    private sealed record Row(
        Guid Id, string Subscription, string Kind, string State, string? WaitsFor, int Rate, long Total, long Delivered, string Skipped, long FromSequence, long ToSequence,
        long Position, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
    {
        internal JobView Read(IReadOnlyList<JobStep> steps) => new()
        {
            Id = Id,
            Subscription = Subscription,
            Kind = Enum.Parse<JobKind>(Kind, ignoreCase: true),
            State = StateOf(State),
            WaitsFor = WaitsFor,
            Rate = Rate,
            Total = Total,
            Delivered = Delivered,
            Skipped = JsonSerializer.Deserialize<Dictionary<string, long>>(Skipped)!,
            FromSequence = FromSequence,
            ToSequence = ToSequence,
            Position = Position,
            CreatedAt = CreatedAt,
            StartedAt = StartedAt,
            EndedAt = EndedAt,
            Steps = steps,
        };
    }
}
