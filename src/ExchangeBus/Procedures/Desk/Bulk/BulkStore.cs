using Dapper;
using ExchangeBus.Agencies;
using ExchangeBus.Subscriptions;
using Npgsql;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>A dossier that was selected, and what the rules said of it.</summary>
internal sealed record Selected(string DossierNumber, int Version, string? Forecast);

/// <summary>Bulk jobs in PostgreSQL, as officers make, see and steer them.</summary>
internal sealed class BulkStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Insert = """
        insert into desk_job (id, state, terms, filter, agency, officer, reason, created_at, rate)
        values (@Id, 'frozen', @Terms::jsonb, @Filter::jsonb, @Agency, @Officer, @Reason, @Now, @Rate)
        """;

    private const string InsertItems = """
        insert into desk_job_item (job, position, dossier_number, version, forecast, request)
        select @Id, i.position, i.number, i.version, i.forecast, gen_random_uuid()
        from unnest(@Numbers::text[], @Versions::int[], @Forecasts::text[]) with ordinality as i (number, version, forecast, position)
        """;

    private const string InsertStep = """
        insert into desk_job_step (job, step, action, at, agency, officer, reason)
        select @Id, coalesce(max(step), 0) + 1, @Action, @Now, @Agency, @Officer, @Reason from desk_job_step where job = @Id
        """;

    private const string SelectJobs = """
        select id, state, terms::text as terms, agency, officer, reason, rate, created_at as createdat, started_at as startedat, ended_at as endedat,
               approved_agency || '/' || approved_by as approvedby
        from desk_job where @Id::uuid is null or id = @Id order by created_at desc, id desc limit @Limit
        """;

    private const string CountItems = """
        select job, forecast, outcome, count(*) as items from desk_job_item where job = any(@Ids) group by job, forecast, outcome
        """;

    private const string SelectSteps = "select job, action, at, agency, officer, reason from desk_job_step where job = any(@Ids) order by job, step";

    private const string SelectItems = """
        select position, dossier_number as dossiernumber, version, forecast, outcome, done_at as doneat from desk_job_item
        where job = @Id and position > @After and (@Outcome::text is null or outcome = @Outcome) order by position limit @Limit
        """;

    private const string LockJob = "select state from desk_job where id = @Id for update";

    private const string Move = """
        update desk_job set state = @State, started_at = case when @State = 'running' then coalesce(started_at, @Now) else started_at end,
                            ended_at = case when @State = 'stopped' then @Now end
        where id = @Id
        """;

    private const string Approve = """
        update desk_job set approved_at = @Now, approved_agency = @Agency, approved_by = @Officer, approval_reason = @Reason where id = @Id and approved_at is null
        """;

    internal async Task<Guid> FreezeAsync(BulkDraft draft, IReadOnlyList<Selected> selected, Officer officer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Insert, new
        {
            Id = id,
            Terms = SubscriptionsJson.Write(draft.Order),
            Filter = draft.Filter is null ? null : SubscriptionsJson.Write(draft.Filter),
            officer.Agency,
            Officer = officer.Code,
            Reason = draft.Reason!.Trim(),
            Now = now,
            Rate = draft.Rate ?? BulkDraft.DefaultRate,
        }, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertItems, new
        {
            Id = id,
            Numbers = selected.Select(s => s.DossierNumber).ToArray(),
            Versions = selected.Select(s => s.Version).ToArray(),
            Forecasts = selected.Select(s => s.Forecast).ToArray(),
        }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>The newest first.</summary>
    internal async Task<IReadOnlyList<BulkView>> PageAsync(Guid? id, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(SelectJobs, new { Id = id, Limit = limit }, cancellationToken: cancellationToken))).AsList();
        var ids = new { Ids = rows.Select(r => r.Id).ToArray() };
        var counts = (await connection.QueryAsync<Counted>(new CommandDefinition(CountItems, ids, cancellationToken: cancellationToken))).ToLookup(c => c.Job);
        var steps = (await connection.QueryAsync<(Guid Job, string Action, DateTime At, string Agency, string Officer, string Reason)>(
            new CommandDefinition(SelectSteps, ids, cancellationToken: cancellationToken))).ToLookup(s => s.Job, s => new BulkStep(s.Action, s.At, s.Agency, s.Officer, s.Reason));
        return [.. rows.Select(r => r.Read([.. counts[r.Id]], [.. steps[r.Id]]))];
    }

    internal async Task<IReadOnlyList<BulkItem>> ItemsAsync(Guid id, int after, string? outcome, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<BulkItem>(new CommandDefinition(
            SelectItems, new { Id = id, After = after, Outcome = outcome, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Takes a person's step; returns the state that does not allow it. Asking for what is so already is no error.</summary>
    internal async Task<BulkState?> StepAsync(Guid id, string action, Officer officer, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = StateOf(await connection.QuerySingleAsync<string>(new CommandDefinition(LockJob, new { Id = id }, transaction, cancellationToken: cancellationToken)));
        var after = action switch { "pause" => BulkState.Paused, "stop" => BulkState.Stopped, _ => BulkState.Running };
        if (before == after)
            return null;
        var isAllowed = action switch
        {
            "start" => before == BulkState.Frozen,
            "pause" => before == BulkState.Running,
            "resume" => before == BulkState.Paused,
            _ => before is BulkState.Frozen or BulkState.Running or BulkState.Paused,
        };
        if (!isAllowed)
            return before;
        var parameters = new { Id = id, Action = action, State = after.ToString().ToLowerInvariant(), Now = time.GetUtcNow(), officer.Agency, Officer = officer.Code, Reason = reason };
        await connection.ExecuteAsync(new CommandDefinition(Move, parameters, transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(InsertStep, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Keeps the second officer's word; false when there is one already.</summary>
    internal async Task<bool> ApproveAsync(Guid id, Officer officer, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var parameters = new { Id = id, Action = "approve", Now = time.GetUtcNow(), officer.Agency, Officer = officer.Code, Reason = reason };
        if (await connection.ExecuteAsync(new CommandDefinition(Approve, parameters, transaction, cancellationToken: cancellationToken)) == 0)
            return false;
        await connection.ExecuteAsync(new CommandDefinition(InsertStep, parameters, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    internal static BulkState StateOf(string text) => Enum.Parse<BulkState>(text, ignoreCase: true);

    private sealed record Counted(Guid Job, string? Forecast, string? Outcome, long Items);

    private sealed record Row(
        Guid Id, string State, string Terms, string Agency, string Officer, string Reason, int Rate, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
        string? ApprovedBy)
    {
        internal BulkView Read(IReadOnlyList<Counted> counts, IReadOnlyList<BulkStep> steps)
        {
            var terms = SubscriptionsJson.Read<BulkTerms>(Terms);
            return new BulkView(
                Id, StateOf(State), terms, Agency, Officer, Reason, Rate, CreatedAt, StartedAt, EndedAt, DeskRules.NeedsSecondOfficer(terms.Action), ApprovedBy,
                counts.Sum(c => c.Items), counts.Where(c => c.Forecast is null).Sum(c => c.Items),
                counts.Where(c => c.Forecast is not null).GroupBy(c => c.Forecast!).ToDictionary(g => g.Key, g => g.Sum(c => c.Items)),
                counts.Where(c => c.Outcome is not null).GroupBy(c => c.Outcome!).ToDictionary(g => g.Key, g => g.Sum(c => c.Items)), steps);
        }
    }
}
