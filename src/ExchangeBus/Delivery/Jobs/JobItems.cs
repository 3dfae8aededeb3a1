using Dapper;
using ExchangeBus.Log;
using Npgsql;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Some events that a job is to look at, in log order.</summary>
/// <param name="Events">Those that stand in the log.</param>
/// <param name="Through">What comes after it has not been looked at.</param>
/// <param name="Gone">How many up to there no longer stand in the log.</param>
/// <param name="IsEnd">Nothing comes after it.</param>
internal sealed record JobPage(IReadOnlyList<LoggedEvent> Events, long Through, long Gone, bool IsEnd);

/// <summary>Reads what a job is to hand out, page by page; however much it is, one page of it is in memory.</summary>
internal sealed class JobItems(NpgsqlDataSource dataSource, LogReader log)
{
    internal const int MaxPage = 256;

    private const string SelectListed = """
        select i.sequence, d.recorded_at as recordedat
        from delivery_job_item i join delivery_job j on j.id = i.job left join dead_letter d on d.subscription = j.subscription and d.sequence = i.sequence
        where i.job = @Id and i.sequence > @After order by i.sequence limit @Limit
        """;

    private const string SelectDead = """
        select d.sequence, d.recorded_at as recordedat from dead_letter d
        where d.subscription = @Subscription and d.redriven_at is null and d.discarded_at is null and d.sequence > @After and d.sequence <= @ToSequence
          and d.dead_at < @DeadBefore and (@Reasons::text[] is null or d.reason = any(@Reasons))
        order by d.sequence limit @Limit
        """;

    private const string CountDead = """
        select count(*) from dead_letter d
        where d.subscription = @Subscription and d.redriven_at is null and d.discarded_at is null and d.sequence <= @ToSequence
          and d.dead_at < @DeadBefore and (@Reasons::text[] is null or d.reason = any(@Reasons))
        """;

    private const string SelectNamed = """
        select d.sequence, d.recorded_at as recordedat from dead_letter d where d.subscription = @Subscription and d.sequence = any(@Sequences) order by d.sequence
        """;

    /// <summary>How many dead letters the job will look at, where none are listed.</summary>
    internal async Task<long> CountAsync(JobOrder job, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(CountDead, ParametersOf(job, 0, 0), cancellationToken: cancellationToken));
    }

    /// <summary>Those of some positions at which the subscription has a dead letter, handed out again or not.</summary>
    internal async Task<IReadOnlyList<DeadPlace>> NamedAsync(string subscription, long[] sequences, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<DeadPlace>(new CommandDefinition(
            SelectNamed, new { Subscription = subscription, Sequences = sequences }, cancellationToken: cancellationToken))).AsList();
    }

    /// <param name="job">The job.</param>
    /// <param name="after">What comes after it is asked for.</param>
    /// <param name="since">When the event at that position was accepted, or the beginning of time.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<JobPage> ReadAsync(JobOrder job, long after, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        limit = Math.Clamp(limit, 1, MaxPage);
        if (job.Kind == JobKind.Replay)
            return await ReadLogAsync(job, after, since, limit, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var places = (await connection.QueryAsync<DeadPlace>(new CommandDefinition(
            job.IsListed ? SelectListed : SelectDead, ParametersOf(job, after, limit), cancellationToken: cancellationToken))).AsList();
        return await ReadPlacesAsync(places, places.Count < limit, job.ToSequence, cancellationToken);
    }

    /// <summary>The events of some dead letters.</summary>
    internal async Task<JobPage> ReadPlacesAsync(IReadOnlyList<DeadPlace> places, bool isEnd, long end, CancellationToken cancellationToken)
    {
        var known = places.Where(p => p.RecordedAt is not null).ToArray();
        var events = new List<LoggedEvent>(known.Length);
        if (known.Length > 0)
            await log.ReadThoseAsync([.. known.Select(p => p.Sequence)], known.Min(p => p.RecordedAt!.Value), known.Max(p => p.RecordedAt!.Value), events, cancellationToken);
        return new JobPage(events, isEnd ? end : places[^1].Sequence, places.Count - events.Count, isEnd);
    }

    private async Task<JobPage> ReadLogAsync(JobOrder job, long after, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        var events = new List<LoggedEvent>(limit);
        // Not from memory: this node may not have heard yet of what another one has accepted, and would take it for the end.
        await log.ReadFromDatabaseAsync(after, since, events, limit, cancellationToken);
        events.RemoveAll(e => e.Sequence > job.ToSequence);
        // Positions have no gaps: what is missing was dropped with its day.
        var isEnd = events.Count < limit || events[^1].Sequence == job.ToSequence;
        var through = isEnd ? job.ToSequence : events[^1].Sequence;
        return new JobPage(events, through, through - after - events.Count, isEnd);
    }

    private static object ParametersOf(JobOrder job, long after, int limit) => new
    {
        job.Id,
        job.Subscription,
        After = after,
        job.ToSequence,
        DeadBefore = job.DeadBefore?.ToUniversalTime() ?? DateTimeOffset.MaxValue,
        job.Reasons,
        Limit = limit,
    };
}

/// <summary>Where a dead letter stands in the log; the time is null when it is not known.</summary>
internal sealed record DeadPlace(long Sequence, DateTimeOffset? RecordedAt);
