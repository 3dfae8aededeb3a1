using System.Globalization;
using System.Text.Json;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Procedures.Deadlines;

/// <summary>
/// Looks for dossiers whose warning or deadline has come and writes an event for each into the log, from where it reaches the procedure in its place like any other.
/// The event's id is made of the dossier and the moment, so that however many nodes look, and however often, it is said once.
/// </summary>
internal sealed class DeadlineSweep(NpgsqlDataSource dataSource, OrderKeys orderKeys, LogTail tail, TimeProvider time, ILogger<DeadlineSweep> logger) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const string SelectDue = """
        select dossier_number as number, look_at as at from procedures.{table} where look_at <= @Now order by look_at limit @Page
        """;

    private readonly HashSet<(string, DateTimeOffset)> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (QueueWorker.IsTransient(e))
            {
                logger.DeadlinesFailed(e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (now, due) = (time.GetUtcNow(), new List<Due>());
        foreach (var procedure in RegisteredProcedure.All)
            due.AddRange(await connection.QueryAsync<Due>(new CommandDefinition(procedure.In(SelectDue), new { Now = now, Page }, cancellationToken: cancellationToken)));
        // What was told and has not been handled yet is due again each time.
        _told.IntersectWith(due.Select(d => (d.Number, d.At)));
        var events = due.Where(d => !_told.Contains((d.Number, d.At))).Select(d => NewEvent.From(EventOf(d), orderKeys)).ToArray();
        if (events.Length == 0)
            return;
        // One transaction: the lock of the log is held to its end.
        await using var batch = new NpgsqlBatch(connection);
        AppendStatement.AddTo(batch, events);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        tail.Wake();
        _told.UnionWith(due.Select(d => (d.Number, d.At)));
    }

    private CloudEvent EventOf(Due due) => new()
    {
        Id = $"deadline-{due.Number}-{due.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}",
        Source = ProceduresRegistration.Source,
        Type = EventTypes.DeadlineReached,
        Subject = due.Number,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = JsonSerializer.SerializeToUtf8Bytes(new DeadlineReached { DossierNumber = due.Number, At = due.At }, EventData.Json),
    };

    private sealed record Due(string Number, DateTimeOffset At);
}
