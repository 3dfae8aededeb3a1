using Dapper;
using Npgsql;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Writes what a comparison has found.</summary>
internal static class GapWriter
{
    // What an officer has closed stays closed: somebody has looked.
    private const string Open = """
        insert into reconciliation_gap as g (id, record, branch, kind, commune, dossier_number, keys, registered_at, since, found_at, state, is_waiting)
        select gen_random_uuid(), r.record, @Branch, @Gap, r.commune, r.dossier_number, r.keys, r.recorded_at, n.since, @Now, 'open', n.is_waiting
        from unnest(@Records::text[], @Sinces::timestamptz[], @Waiting::boolean[]) as n (record, since, is_waiting) join registration r on r.record = n.record
        on conflict (record, branch) do update set
            keys = excluded.keys, dossier_number = excluded.dossier_number, since = excluded.since, is_waiting = excluded.is_waiting,
            found_at = case when g.state = 'closed' then excluded.found_at else g.found_at end,
            state = case when g.state = 'closed' then 'open' else g.state end, closed_at = null, reason = null
        where g.closed_by is null
        """;

    private const string Close = """
        update reconciliation_gap g set state = 'closed', closed_at = @Now, reason = e.reason
        from unnest(@Records::text[], @Reasons::text[]) as e (record, reason)
        where g.state <> 'closed' and g.record = e.record and g.branch = @Branch
        """;

    private const string CloseEnded = """
        update reconciliation_gap g set state = 'closed', closed_at = @Now, reason = case when r.ended_at is null then 'arrived' else 'registration.ended' end
        from registration r
        where g.state <> 'closed' and r.record = g.record
          and (r.ended_at is not null or exists (select 1 from registration_fact f where f.fact = g.branch and f.key = any(r.keys)))
        """;

    private const string SelectOpen = "select record from reconciliation_gap where branch = @Branch and state <> 'closed'";

    internal static async Task<HashSet<string>> OpenOfAsync(NpgsqlTransaction transaction, Comparison comparison, CancellationToken cancellationToken) =>
        [.. await transaction.Connection!.QueryAsync<string>(new CommandDefinition(SelectOpen, new { comparison.Branch }, transaction, cancellationToken: cancellationToken))];

    internal static Task<int> OpenAsync(
        NpgsqlTransaction transaction, Comparison comparison, IReadOnlyList<(Candidate Candidate, Verdict Verdict)> gaps, DateTimeOffset now, CancellationToken cancellationToken) =>
        gaps.Count == 0 ? Task.FromResult(0) : transaction.Connection!.ExecuteAsync(new CommandDefinition(Open, new
        {
            comparison.Branch,
            comparison.Gap,
            Records = gaps.Select(g => g.Candidate.Record).ToArray(),
            Sinces = gaps.Select(g => g.Verdict.Since!.Value.ToUniversalTime()).ToArray(),
            Waiting = gaps.Select(g => g.Verdict.IsWaiting).ToArray(),
            Now = now,
        }, transaction, cancellationToken: cancellationToken));

    internal static Task<int> CloseAsync(
        NpgsqlTransaction transaction, Comparison comparison, IReadOnlyList<(Candidate Candidate, Verdict Verdict)> explained, DateTimeOffset now, CancellationToken cancellationToken) =>
        explained.Count == 0 ? Task.FromResult(0) : transaction.Connection!.ExecuteAsync(new CommandDefinition(Close, new
        {
            comparison.Branch,
            Records = explained.Select(e => e.Candidate.Record).ToArray(),
            Reasons = explained.Select(e => e.Verdict.Explanation!).ToArray(),
            Now = now,
        }, transaction, cancellationToken: cancellationToken));

    /// <summary>Closes the gaps of registrations that do not hold any more, and those that were filled from a side that nobody saw.</summary>
    internal static Task<int> CloseEndedAsync(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(CloseEnded, new { Now = now }, transaction, cancellationToken: cancellationToken));
}
