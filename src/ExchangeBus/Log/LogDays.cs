using Dapper;
using Npgsql;

namespace ExchangeBus.Log;

/// <summary>The days (+07:00) of the log as PostgreSQL keeps them, one partition each.</summary>
internal sealed class LogDays(NpgsqlDataSource dataSource)
{
    private const string CreateAhead = """
        select create_event_log_partition((now() at time zone interval '7 hours')::date + day) from generate_series(0, @Days) as day
        """;

    private const string SelectDays = """
        select to_date(right(child.relname, 8), 'YYYYMMDD') as day
        from pg_inherits i join pg_class child on child.oid = i.inhrelid
        where i.inhparent = 'event_log'::regclass and to_date(right(child.relname, 8), 'YYYYMMDD') < (now() at time zone interval '7 hours')::date - @Retention
        order by day
        """;

    private const string SelectNewestOf = """
        select coalesce(max(sequence), 0) as sequence, (select sequence from log_newest) as head from event_log
        where recorded_at >= @Day::timestamp at time zone interval '7 hours' and recorded_at < (@Day::date + 1)::timestamp at time zone interval '7 hours'
        """;

    private const string ForgetUntil = """
        delete from event_identity where recorded_at < (@Day::date + 1)::timestamp at time zone interval '7 hours';
        delete from business_key where recorded_at < (@Day::date + 1)::timestamp at time zone interval '7 hours';
        delete from suspected_duplicate where flagged_at < (@Day::date + 1)::timestamp at time zone interval '7 hours';
        delete from held_event where decided_at < (@Day::date + 1)::timestamp at time zone interval '7 hours';
        delete from original_message where received_at < (@Day::date + 1)::timestamp at time zone interval '7 hours';
        """;

    private const string Drop = "select drop_event_log_partition(@Day::date)";

    /// <summary>Makes today's partition and those of the days that follow, where they are missing.</summary>
    internal async Task CreateAheadAsync(int days, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.QueryAsync<bool>(new CommandDefinition(CreateAhead, new { Days = days }, cancellationToken: cancellationToken));
    }

    /// <summary>Days that are older than the retention, oldest first.</summary>
    internal async Task<IReadOnlyList<DateTime>> OlderThanAsync(int retention, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DateTime>(new CommandDefinition(SelectDays, new { Retention = retention }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Drops a day with what is remembered of it; false when somebody needs it still, or the newest event of all stands in it.</summary>
    internal async Task<bool> DropAsync(DateTime day, long doneUpTo, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var newest = await connection.QuerySingleAsync<(long Sequence, long Head)>(new CommandDefinition(SelectNewestOf, new { Day = day }, cancellationToken: cancellationToken));
        if (newest.Sequence > doneUpTo || newest.Sequence == newest.Head && newest.Head > 0)
            return false;
        // In two transactions: the first may take long and locks nobody out, the second locks all out and takes a moment.
        await connection.ExecuteAsync(new CommandDefinition(ForgetUntil, new { Day = day }, commandTimeout: 600, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(Drop, new { Day = day }, cancellationToken: cancellationToken));
        return true;
    }
}
