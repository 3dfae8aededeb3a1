using System.Text.Json;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Client.Publishing;

/// <summary>
/// Empties the outbox in order. A row is deleted only when the bus has answered: accepted, or rejected for good and then kept
/// with its reasons. One instance of the adapter sends at a time, so that order holds.
/// </summary>
internal sealed class OutboxSender(
    NpgsqlDataSource dataSource, EventOutbox outbox, EventPublisher publisher, IOptions<ClientOptions> options, TimeProvider time, ILogger<OutboxSender> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private const int MaxBatchBytes = 1024 * 1024;

    private const string TryLock = "select pg_try_advisory_xact_lock(435627357557)";

    private const string SelectOldest = "select position, event from exchangebus.outbox order by position limit $1";

    private const string Delete = "delete from exchangebus.outbox where position = any($1)";

    private const string InsertRejected = """
        insert into exchangebus.rejected (source, id, event, violations, rejected_at) values ($1, $2, $3, $4::jsonb, $5)
        on conflict (source, id) do nothing
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendAsync(stoppingToken) == 0)
                    await outbox.WokenAsync(LookEvery, stoppingToken);
            }
            catch (Exception e) when (e is HttpRequestException or NpgsqlException or IOException or TimeoutException or JsonException
                || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                logger.OutboxWaits(e.Message);
                await Task.Delay(LookEvery, time, stoppingToken);
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

        var receipts = await publisher.PublishAsync(oldest.ConvertAll(o => o.Event), cancellationToken);
        for (var i = 0; i < receipts.Count; i++)
        {
            if (!receipts[i].Accepted)
                await KeepRejectedAsync(connection, transaction, oldest[i].Event, receipts[i], cancellationToken);
        }

        await using var delete = new NpgsqlCommand(Delete, connection, transaction);
        delete.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. oldest.Take(receipts.Count).Select(o => o.Position)] });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return oldest.Count;
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

    private async Task KeepRejectedAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, byte[] written, Receipt receipt, CancellationToken cancellationToken)
    {
        var rejected = CloudEventJson.Read(written);
        logger.EventRejected(rejected.Type, rejected.Id, string.Join(' ', receipt.Violations.Select(v => v.Code)));
        await using var insert = new NpgsqlCommand(InsertRejected, connection, transaction)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = rejected.Source },
                new NpgsqlParameter<string> { TypedValue = rejected.Id },
                new NpgsqlParameter<byte[]> { TypedValue = written, NpgsqlDbType = NpgsqlDbType.Bytea },
                new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(receipt.Violations, EventData.Json) },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
