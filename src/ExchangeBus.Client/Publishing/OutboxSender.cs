using ExchangeBus.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Client.Publishing;

/// <summary>
/// Empties the outbox in order. A row is deleted only when the bus has answered: accepted, rejected for good and then kept with its
/// reasons, or held for a person to decide and then followed. One instance of the adapter sends at a time, so that order holds.
/// </summary>
internal sealed class OutboxSender(
    NpgsqlDataSource dataSource, EventOutbox outbox, EventPublisher publisher, IOptions<ClientOptions> options, TimeProvider time, ILogger<OutboxSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // Refused for now only: it stays in the outbox until people at the bus have decided on others of this system.
    private const string TooManyHeld = "limit.held";

    private const int MaxBatchBytes = 1024 * 1024;

    private const string TryLock = "select pg_try_advisory_xact_lock(435627357557)";

    private const string SelectOldest = "select position, event from exchangebus.outbox order by position limit $1";

    private const string Delete = "delete from exchangebus.outbox where position = any($1)";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendAsync(stoppingToken) == 0)
                    await outbox.WokenAsync(LookEvery, stoppingToken);
            }
            catch (Exception e) when (Outage.IsOne(e, stoppingToken))
            {
                logger.OutboxWaits(e.Message);
                await Task.Delay(Outage.WaitAfter(e, LookEvery, time.GetUtcNow()), time, stoppingToken);
            }
        }
    }

    private async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var oldest = await ReadOldestAsync(connection, transaction, cancellationToken);
        if (oldest.Count == 0)
            return 0;

        var receipts = await PublishAsync([.. oldest.Select(o => o.Event)], cancellationToken);
        var done = new List<long>(receipts.Count);
        for (var i = 0; i < receipts.Count; i++)
        {
            if (receipts[i].Violations.Any(v => v.Code == TooManyHeld))
                continue;
            done.Add(oldest[i].Position);
            if (!receipts[i].Accepted)
                await KeepAsync(connection, transaction, oldest[i].Event, receipts[i], cancellationToken);
        }

        await using var delete = new NpgsqlCommand(Delete, connection, transaction);
        delete.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. done] });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return done.Count;
    }

    /// <summary>
    /// Receipts of the first events, of all when the bus takes them as they are. Where it refuses the request itself, ever fewer go, until
    /// the one that it will never take stands alone and can be put aside; those behind it go on.
    /// </summary>
    private async Task<IReadOnlyList<Receipt>> PublishAsync(byte[][] events, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var receipts = await publisher.PublishAsync(events, cancellationToken);
                return receipts.Count == events.Length ? receipts : throw new HttpRequestException($"The bus gave {receipts.Count} receipts for {events.Length} events.");
            }
            catch (BusAnswerException e) when (e.RefusesContent && events.Length > 1)
            {
                events = events[..(events.Length / 2)];
            }
            catch (BusAnswerException e) when (e.RefusesContent)
            {
                return [new Receipt { Accepted = false, Violations = e.Violations }];
            }
        }
    }

    private async Task<List<(long Position, byte[] Event)>> ReadOldestAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(TryLock),
                new NpgsqlBatchCommand(SelectOldest) { Parameters = { new NpgsqlParameter<int> { TypedValue = options.Value.PublishBatch } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var oldest = new List<(long, byte[])>();
        if (!reader.GetBoolean(0))
            return oldest;
        await reader.NextResultAsync(cancellationToken);
        // Well under the bus's bound for a batch; a single larger event goes alone and gets its own answer.
        for (var bytes = 0; bytes < MaxBatchBytes && await reader.ReadAsync(cancellationToken); bytes += oldest[^1].Item2.Length)
            oldest.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        return oldest;
    }

    private async Task KeepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, byte[] written, Receipt receipt, CancellationToken cancellationToken)
    {
        var kept = CloudEventJson.Read(written);
        var codes = string.Join(' ', receipt.Violations.Select(v => v.Code));
        if (receipt.Held)
        {
            logger.EventHeld(kept.Type, kept.Id, codes);
            await KeptEvents.KeepHeldAsync(connection, transaction, kept, written, receipt.Violations, time.GetUtcNow(), cancellationToken);
        }
        else
        {
            logger.EventRejected(kept.Type, kept.Id, codes);
            await KeptEvents.KeepRejectedAsync(connection, transaction, kept, written, receipt.Violations, time.GetUtcNow(), cancellationToken);
        }
    }
}
