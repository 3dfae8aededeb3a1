using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Waiting;

/// <summary>A delivery that waits, as people see it.</summary>
internal sealed record WaitingView
{
    public required long Sequence { get; init; }

    public required string Type { get; init; }

    public required string Source { get; init; }

    public required string Id { get; init; }

    /// <summary>The delivery of the same key that must be done first; null for one that is tried itself.</summary>
    public long? Behind { get; init; }

    /// <summary>Attempts that have failed.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Code of the last failure.</summary>
    public string? Failure { get; init; }

    public int? Status { get; init; }
}

/// <summary>What waits, for people.</summary>
internal sealed class WaitingPages(NpgsqlDataSource dataSource)
{
    private const string SelectPage = """
        select w.sequence, w.type, e.source, e.id,
               case when w.next_at is null then (
                   select min(f.sequence) from waiting_delivery f
                   where f.subscription = w.subscription and f.partition = w.partition and f.order_key = w.order_key and f.sequence < w.sequence) end as behind,
               w.attempt as attempts, w.first_failed_at as firstfailedat, w.next_at as nextat, w.failure, w.status
        from waiting_delivery w join event_log e on e.sequence = w.sequence and e.recorded_at = w.recorded_at
        where w.subscription = @Subscription and w.sequence > @After
        order by w.sequence limit @Limit
        """;

    private const string TryNow = """
        update waiting_delivery set next_at = @Now where subscription = @Subscription and sequence = @Sequence and next_at is not null
        """;

    internal async Task<IReadOnlyList<WaitingView>> AfterAsync(string subscription, long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<WaitingView>(new CommandDefinition(
            SelectPage, new { Subscription = subscription, After = after, Limit = limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>False when it does not wait, or waits behind another.</summary>
    internal async Task<bool> TryNowAsync(string subscription, long sequence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            TryNow, new { Subscription = subscription, Sequence = sequence, Now = now }, cancellationToken: cancellationToken)) > 0;
    }
}
