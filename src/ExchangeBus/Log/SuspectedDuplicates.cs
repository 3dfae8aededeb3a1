using Dapper;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>Two accepted events that look like one thing in the world, with what a person needs to find both. No personal data.</summary>
/// <param name="Sequence">Position of the later one.</param>
/// <param name="EarlierSequence">Position of the earlier one.</param>
/// <param name="Rule">Pointers whose values are the same in both.</param>
/// <param name="Type">CloudEvents type of both.</param>
/// <param name="Source">Source of the later one.</param>
/// <param name="Subject">Dossier or record number of the later one.</param>
/// <param name="EarlierSource">Source of the earlier one; null when its day is no longer kept.</param>
/// <param name="EarlierSubject">Dossier or record number of the earlier one.</param>
/// <param name="FlaggedAt">When it was seen.</param>
internal sealed record SuspectedDuplicate(
    long Sequence, long EarlierSequence, string Rule, string Type, string Source, string? Subject, string? EarlierSource, string? EarlierSubject, DateTimeOffset FlaggedAt);

/// <summary>What looks like a duplicate and waits for somebody to judge it.</summary>
internal sealed class SuspectedDuplicates(NpgsqlDataSource dataSource)
{
    private const string SelectOpen = """
        select d.sequence, d.earlier_sequence as earliersequence, d.rule, later.type, later.source, later.subject,
               earlier.source as earliersource, earlier.subject as earliersubject, d.flagged_at as flaggedat
        from suspected_duplicate d
        join event_log later on later.sequence = d.sequence and later.recorded_at = d.flagged_at
        left join event_log earlier on earlier.sequence = d.earlier_sequence and earlier.recorded_at = d.earlier_recorded_at
        where d.decided_at is null and d.sequence > @After
        order by d.sequence limit @Limit
        """;

    private const string Decide = """
        update suspected_duplicate set decided_at = clock_timestamp(), decision = @Decision, decided_by = @By, note = @Note
        where sequence = @Sequence and decided_at is null
        """;

    internal async Task<IReadOnlyList<SuspectedDuplicate>> OpenAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<SuspectedDuplicate>(new CommandDefinition(
            SelectOpen, new { After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>False when nothing open stands there.</summary>
    internal async Task<bool> DecideAsync(long sequence, bool same, string by, string? note, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            Decide, new { Sequence = sequence, Decision = same ? "same" : "different", By = by, Note = note }, cancellationToken: cancellationToken)) == 1;
    }
}
