using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Explain;

/// <summary>One attempt to deliver.</summary>
/// <param name="At">When.</param>
/// <param name="Result">What came of it, a stable code.</param>
/// <param name="Status">HTTP status of a webhook's answer; absent where there was none.</param>
internal sealed record ExplainedAttempt(DateTimeOffset At, string Result, int? Status);

/// <summary>What an event waits for.</summary>
/// <param name="HeldBehind">The earlier event of its citizen or dossier that must be delivered first; absent when it is the first.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried again; absent behind another one.</param>
internal sealed record ExplainedWaiting(long? HeldBehind, int Attempts, DateTimeOffset? NextAt);

/// <summary>Reads the attempts on one event, and what it waits for.</summary>
internal sealed class ExplainedAttempts(NpgsqlDataSource dataSource)
{
    private const int Most = 200;

    private const string SelectAttempts = """
        select attempted_at as at, result, status from delivery_attempt where subscription = @Subscription and sequence = @Sequence order by attempted_at limit @Most
        """;

    private const string SelectWaiting = """
        select (select min(b.sequence) from waiting_delivery b
                where b.subscription = w.subscription and b.partition = w.partition and b.order_key = w.order_key and b.sequence < w.sequence) as heldbehind,
               w.attempt as attempts, w.next_at as nextat
        from waiting_delivery w where w.subscription = @Subscription and w.sequence = @Sequence
        """;

    internal async Task<(IReadOnlyList<ExplainedAttempt> Attempts, ExplainedWaiting? Waiting)> ReadAsync(string subscription, long sequence, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var of = new { Subscription = subscription, Sequence = sequence, Most };
        var attempts = (await connection.QueryAsync<ExplainedAttempt>(new CommandDefinition(SelectAttempts, of, cancellationToken: cancellationToken))).AsList();
        return (attempts, await connection.QuerySingleOrDefaultAsync<ExplainedWaiting>(new CommandDefinition(SelectWaiting, of, cancellationToken: cancellationToken)));
    }
}
