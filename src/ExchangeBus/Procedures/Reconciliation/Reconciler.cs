using System.Globalization;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>A comparison that was made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Day">The day, yyyy-MM-dd, whose comparison it is; null for one that a person has asked for.</param>
/// <param name="AskedBy">Agency and officer; null for the bus itself.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Compared">Registrations that were compared.</param>
/// <param name="Found">Gaps that were found or found again.</param>
/// <param name="Closed">Gaps that were closed, because something explains them now.</param>
internal sealed record ReconciliationRun(Guid Id, string? Day, string? AskedBy, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Compared, int Found, int Closed);

/// <summary>
/// Compares all registrations with what had to follow, in one transaction that holds the place of the tracing: nothing arrives meanwhile, and no other node compares.
/// </summary>
internal sealed class Reconciler(NpgsqlDataSource dataSource, GapJudge judge, IOptions<ReconciliationOptions> options, TimeProvider time)
{
    private const int Page = 5_000;

    // What is as far behind as this would look like a gap and is none.
    private static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(5);

    private const string LockPlace = """
        select p.recorded_at as tracedat, p.sequence >= n.sequence as iscaughtup, n.recorded_at as newestat
        from trace_position p cross join log_newest n for update of p
        """;

    private const string IsDone = "select exists (select 1 from reconciliation_run where day = @Day::date)";

    private const string Count = "select count(*) from registration where ended_at is null and recorded_at >= @Since";

    private const string SelectCandidates = """
        select r.record, r.dossier_number as dossiernumber, r.sequence, r.recorded_at as recordedat
        from registration r
        where r.kind = @Kind and r.ended_at is null and r.recorded_at >= @Since and r.sequence > @After
          and not exists (select 1 from registration_fact f where f.fact = @Branch and f.key = any(r.keys))
        order by r.sequence limit @Page
        """;

    private const string SelectBranches = """
        select dossier_number as dossiernumber, data #>> array['steps', @Branch, 'status'] as status, (data #>> array['steps', @Branch, 'dueAt'])::timestamptz as dueat
        from procedures.{table} where dossier_number = any(@Numbers)
        """;

    private const string InsertRun = """
        insert into reconciliation_run (id, day, asked_by, started_at, ended_at, compared, found, closed)
        values (@Id, @Day::date, @AskedBy, @StartedAt, @EndedAt, @Compared, @Found, @Closed)
        """;

    /// <summary>Compares.</summary>
    /// <param name="day">The day whose comparison it is, done once; null for one more.</param>
    /// <param name="askedBy">Agency and officer who ask for it; null for the bus itself.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when the day has been compared already, or the log is not traced far enough yet.</returns>
    internal async Task<(ReconciliationRun? Run, bool IsBehind)> RunAsync(DateOnly? day, string? askedBy, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var theDay = day?.ToString("O", CultureInfo.InvariantCulture);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object? parameters = null) => new(sql, parameters, transaction, commandTimeout: 600, cancellationToken: cancellationToken);
        var place = await connection.QuerySingleAsync<Place>(Command(LockPlace));
        if (day is not null && await connection.QuerySingleAsync<bool>(Command(IsDone, new { Day = theDay })))
            return (null, false);
        if (!place.IsCaughtUp && place.NewestAt - place.TracedAt > MostBehind)
            return (null, true);
        var asOf = place.IsCaughtUp ? startedAt : place.TracedAt;
        var since = startedAt.AddDays(-options.Value.LookBackDays);

        var (found, closed) = (0, await GapWriter.CloseEndedAsync(transaction, startedAt, cancellationToken));
        foreach (var comparison in Comparison.All)
        {
            var open = await GapWriter.OpenOfAsync(transaction, comparison, cancellationToken);
            for (long after = 0; await CandidatesAsync(after) is { Count: > 0 } candidates; after = candidates[^1].Sequence)
            {
                var branches = await BranchesAsync(comparison, candidates);
                var verdicts = candidates.Select(c => (Candidate: c, Verdict: judge.Judge(comparison, c, c.DossierNumber is { } number ? branches.GetValueOrDefault(number) : null, asOf))).ToArray();
                found += await GapWriter.OpenAsync(transaction, comparison, [.. verdicts.Where(v => v.Verdict.IsGap)], startedAt, cancellationToken);
                closed += await GapWriter.CloseAsync(transaction, comparison, [.. verdicts.Where(v => !v.Verdict.IsGap && open.Contains(v.Candidate.Record))], startedAt, cancellationToken);
            }

            async Task<List<Candidate>> CandidatesAsync(long after) => (await connection.QueryAsync<Candidate>(Command(SelectCandidates, new
            {
                comparison.Kind,
                comparison.Branch,
                Since = since,
                After = after,
                Page,
            }))).AsList();
        }

        var run = new ReconciliationRun(Guid.CreateVersion7(startedAt), theDay, askedBy, startedAt, time.GetUtcNow(), await connection.QuerySingleAsync<long>(Command(Count, new { Since = since })), found, closed);
        await connection.ExecuteAsync(Command(InsertRun, run));
        await transaction.CommitAsync(cancellationToken);
        return (run, false);

        async Task<Dictionary<string, BranchState>> BranchesAsync(Comparison comparison, IReadOnlyList<Candidate> candidates)
        {
            var states = new Dictionary<string, BranchState>(StringComparer.Ordinal);
            var numbers = candidates.Select(c => c.DossierNumber).OfType<string>().ToArray();
            foreach (var procedure in RegisteredProcedure.All.Where(p => p.Name == "linked" + comparison.Kind))
            {
                foreach (var state in await connection.QueryAsync<BranchState>(Command(procedure.In(SelectBranches), new { comparison.Branch, Numbers = numbers })))
                    states[state.DossierNumber] = state;
            }

            return states;
        }
    }

    private sealed record Place(DateTimeOffset TracedAt, bool IsCaughtUp, DateTimeOffset NewestAt);
}
