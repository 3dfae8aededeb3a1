using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Pull;

/// <summary>Where a subscription that asks itself stands.</summary>
/// <param name="Read">The log up to here has been looked at for it.</param>
/// <param name="Delivered">The newest event that it was given.</param>
/// <param name="Acknowledged">The subscriber's cumulative word.</param>
/// <param name="Counted">What follows has not been counted.</param>
internal sealed record PullPosition(long Read, long Delivered, long Acknowledged, long Counted);

/// <summary>What a look at the log came to, counted once.</summary>
internal sealed record PullProgress(long Read, long Delivered, long Deliveries, long Unmatched, long Withheld, long Expired, long Matched);

/// <summary>Positions of subscriptions that ask themselves. Any node may answer them, several at once.</summary>
internal sealed class PullPositions(NpgsqlDataSource dataSource)
{
    private const string Select = "select read, delivered, acknowledged, counted from delivery_position where subscription = @Subscription and partition = 0";

    // Two that look at the same time both see the same events; only one of them may count. Given out is handed over: an answer that gets lost is asked for again.
    private const string Save = """
        update delivery_position set
            read = greatest(read, @Read), delivered = greatest(delivered, @Delivered), deliveries = deliveries + @Deliveries,
            counted = greatest(counted, @Read),
            unmatched = unmatched + case when counted = @CountedBefore then @Unmatched else 0 end,
            withheld = withheld + case when counted = @CountedBefore then @Withheld else 0 end,
            expired = expired + case when counted = @CountedBefore then @Expired else 0 end,
            matched = matched + case when counted = @CountedBefore then @Matched else 0 end,
            handed = handed + case when counted = @CountedBefore then @Matched else 0 end,
            reached = greatest(reached, @Delivered)
        where subscription = @Subscription and partition = 0 and (counted = @CountedBefore or counted >= @Read)
        """;

    internal async Task<PullPosition?> FindAsync(string subscription, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PullPosition>(new CommandDefinition(Select, new { Subscription = subscription }, cancellationToken: cancellationToken));
    }

    /// <summary>False when another answer has counted a part of it meanwhile: then the look must be made again.</summary>
    internal async Task<bool> SaveAsync(string subscription, long countedBefore, PullProgress progress, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(Save, new
        {
            Subscription = subscription,
            CountedBefore = countedBefore,
            progress.Read,
            progress.Delivered,
            progress.Deliveries,
            progress.Unmatched,
            progress.Withheld,
            progress.Expired,
            progress.Matched,
        }, cancellationToken: cancellationToken)) > 0;
    }
}
