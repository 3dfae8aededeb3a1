using Dapper;
using ExchangeBus.Delivery.Jobs;
using Npgsql;

namespace ExchangeBus.Delivery.Pull;

/// <summary>A replay that its subscriber reads page by page.</summary>
/// <param name="Order">Which part of the log.</param>
/// <param name="State">Where the job stands.</param>
/// <param name="Position">What the subscriber is done with.</param>
/// <param name="Given">The newest event that was given to it.</param>
/// <param name="Looked">Up to here the part was looked at and counted.</param>
internal sealed record PullReplay(JobOrder Order, JobState State, long Position, long Given, long Looked)
{
    /// <summary>Only what was given can be done with.</summary>
    internal bool IsGiven(long after) => after >= 0 && after <= Math.Max(Position, Given);
}

/// <summary>How far replays are that subscribers read themselves. The live position of the subscription is never touched.</summary>
internal sealed class PullReplays(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Select = """
        select id, subscription, state, not_before as notbefore, from_sequence as fromsequence, to_sequence as tosequence, position, given,
               greatest(looked, from_sequence - 1) as looked
        from delivery_job where id = @Id and subscription = @Subscription and kind = 'replay'
        """;

    // Two that look at the same time both see the same events; only one of them may count. It is over when all was looked at, and all that was given is done.
    private const string Save = """
        update delivery_job set
            position = greatest(position, @After), given = greatest(given, @Given), looked = greatest(looked, @Looked), delivered = delivered + @Delivered,
            skipped = add_counts(skipped, @Rules, @Counts), started_at = coalesce(started_at, @Now), read_at = @Now,
            state = case when @IsEnd and greatest(given, @Given) <= greatest(position, @After) then 'completed' else state end,
            ended_at = case when @IsEnd and greatest(given, @Given) <= greatest(position, @After) then @Now else ended_at end
        where id = @Id and state = 'running' and greatest(looked, from_sequence - 1) = @LookedBefore
        returning state
        """;

    internal async Task<PullReplay?> FindAsync(string subscription, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select, new { Id = id, Subscription = subscription }, cancellationToken: cancellationToken)))?.Read();
    }

    /// <summary>Where the job stands then; null when it has moved since it was read: then the look must be made again.</summary>
    internal async Task<JobState?> SaveAsync(PullReplay before, long after, ReplayPage page, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var state = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(Save, new
        {
            before.Order.Id,
            LookedBefore = before.Looked,
            After = after,
            Given = page.Events.Count > 0 ? page.Events[^1].Sequence : 0,
            page.Looked,
            page.Delivered,
            Rules = page.Skipped.Keys.ToArray(),
            Counts = page.Skipped.Values.ToArray(),
            IsEnd = Math.Max(page.Looked, before.Looked) >= before.Order.ToSequence,
            Now = time.GetUtcNow(),
        }, cancellationToken: cancellationToken));
        return state is null ? null : JobStore.StateOf(state);
    }

    private sealed record Row(Guid Id, string Subscription, string State, DateTimeOffset? NotBefore, long FromSequence, long ToSequence, long Position, long Given, long Looked)
    {
        // The subscriber's questions are its pace.
        internal PullReplay Read() => new(
            new JobOrder(Id, Subscription, JobKind.Replay, IsListed: false, Reasons: null, DeadBefore: null, NotBefore, FromSequence, ToSequence, Rate: 0),
            JobStore.StateOf(State), Position, Given, Looked);
    }
}
