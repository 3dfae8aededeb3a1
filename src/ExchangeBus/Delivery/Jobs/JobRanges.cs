using Dapper;
using Npgsql;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Finds the part of the log that a replay means.</summary>
internal sealed class JobRanges(NpgsqlDataSource dataSource)
{
    private const string SelectFirst = "select sequence from event_log where recorded_at >= @Time order by sequence limit 1";

    private const string SelectLast = "select sequence from event_log where recorded_at <= @Time order by sequence desc limit 1";

    // Of what comes after it the subscriber has not had everything once, so that a replay would overtake.
    private const string SelectReached = "select min(read) from delivery_position where subscription = @Subscription";

    /// <summary>Both ends included; empty when the second is before the first.</summary>
    internal async Task<(long From, long To)> FindAsync(string subscription, ReplayRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        async Task<long?> AtAsync(string sql, DateTimeOffset at) => await connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(sql, new { Time = at.ToUniversalTime() }, cancellationToken: cancellationToken));

        var reached = await connection.QuerySingleAsync<long?>(new CommandDefinition(SelectReached, new { Subscription = subscription }, cancellationToken: cancellationToken)) ?? 0;
        var from = request.FromSequence ?? await AtAsync(SelectFirst, request.FromTime!.Value) ?? reached + 1;
        var to = request.ToSequence ?? (request.ToTime is { } end ? await AtAsync(SelectLast, end) ?? 0 : reached);
        return (from, Math.Min(to, reached));
    }
}
