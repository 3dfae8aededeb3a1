using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Takes dead letters that nobody needs off the pile. What was decided is kept with who and why.</summary>
internal sealed class DeadLetterDiscards(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const string Discard = """
        with chosen as (
            update dead_letter d set discarded_at = @Now
            where d.subscription = @Subscription and d.redriven_at is null and d.discarded_at is null
              and (d.sequence = any(@Sequences::bigint[])
                   or (@Sequences::bigint[] is null and (@Before::timestamptz is null or d.dead_at < @Before) and (@Reasons::text[] is null or d.reason = any(@Reasons))))
            returning d.subscription, d.sequence
        ), kept as (
            insert into dead_letter_discard (subscription, sequence, discarded_at, discarded_by, reason)
            select subscription, sequence, @Now, @By, @Reason from chosen
        )
        select count(*) from chosen
        """;

    /// <summary>How many were discarded; those that were handed out again or discarded before are left as they are.</summary>
    internal async Task<long> DiscardAsync(string subscription, DiscardRequest request, string by, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(Discard, new
        {
            Subscription = subscription,
            Sequences = request.Sequences?.ToArray(),
            Before = request.Before?.ToUniversalTime(),
            Reasons = request.Reasons?.ToArray(),
            Now = time.GetUtcNow(),
            By = by,
            request.Reason,
        }, cancellationToken: cancellationToken));
    }
}
