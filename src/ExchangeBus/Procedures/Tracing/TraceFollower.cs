using Dapper;
using ExchangeBus.Log;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Procedures.Tracing;

/// <summary>
/// Goes through the log from its beginning and keeps which events are about what. One node at a time does; the position is a row that it locks.
/// </summary>
internal sealed class TraceFollower(
    NpgsqlDataSource dataSource, LogReader log, EventTraces traces, IEnumerable<ITraceTaker> takers, TimeProvider time, ILogger<TraceFollower> logger) : BackgroundService, ILogConsumer
{
    private const int Page = 1_000;

    // What comes meanwhile goes into one page: nobody waits for it, and small transactions would cost the log its disk.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const string LockPosition = "select sequence, recorded_at as recordedat from trace_position for update skip locked";

    private const string SelectPosition = "select sequence from trace_position";

    private const string MovePosition = "update trace_position set sequence = @Sequence, recorded_at = @RecordedAt";

    private const string Insert = """
        insert into event_trace (key, sequence, recorded_at)
        select t.key, t.sequence, t.at from unnest(@Keys::uuid[], @Sequences::bigint[], @Ats::timestamptz[]) as t (key, sequence, at) on conflict do nothing
        """;

    public async Task<long> DoneUpToAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(SelectPosition, cancellationToken: cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TakePageAsync(stoppingToken) is not { } position)
                    await Task.Delay(LookEvery, time, stoppingToken);
                else if (position.Taken < Page)
                    await Task.WhenAny(log.GrownAsync(position.Sequence), Task.Delay(LookEvery, time, stoppingToken));
                await Task.Delay(GatherFor, time, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: what is not traced cannot be corrected.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.TracingFailed(e);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
    }

    /// <summary>Takes what follows; null while another node does.</summary>
    private async Task<(long Sequence, int Taken)?> TakePageAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<Position>(new CommandDefinition(LockPosition, transaction: transaction, cancellationToken: cancellationToken)) is not { } from)
            return null;
        var events = new List<LoggedEvent>(Page);
        await log.ReadAsync(from.Sequence, from.RecordedAt, events, Page, cancellationToken);
        if (events.Count == 0)
            return (from.Sequence, 0);
        var page = events.Select(traces.Of).OfType<Traced>().ToArray();
        if (page.Length > 0)
        {
            var keyed = page.SelectMany(t => t.Keys.Select(key => (Key: key, t.Logged))).ToArray();
            await connection.ExecuteAsync(new CommandDefinition(Insert, new
            {
                Keys = keyed.Select(k => k.Key).ToArray(),
                Sequences = keyed.Select(k => k.Logged.Sequence).ToArray(),
                Ats = keyed.Select(k => k.Logged.RecordedAt.ToUniversalTime()).ToArray(),
            }, transaction, cancellationToken: cancellationToken));
            foreach (var taker in takers)
                await taker.TakeAsync(transaction, page, cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(MovePosition, new { events[^1].Sequence, RecordedAt = events[^1].RecordedAt.ToUniversalTime() }, transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return (events[^1].Sequence, events.Count);
    }

    private sealed record Position(long Sequence, DateTimeOffset RecordedAt);
}
