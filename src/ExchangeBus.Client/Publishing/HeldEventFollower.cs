using ExchangeBus.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Client.Publishing;

/// <summary>
/// Asks the bus every 30 s what became of the events that a person must decide on, at most 50 in one round, those first that were asked about
/// longest ago. An accepted one is done, a refused one goes to the rejected with its reasons. None is sent again.
/// </summary>
internal sealed class HeldEventFollower(NpgsqlDataSource dataSource, EventPublisher publisher, TimeProvider time, ILogger<HeldEventFollower> logger) : BackgroundService
{
    internal static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    internal const int AtMost = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = AskEvery;
        while (true)
        {
            await Task.Delay(wait, time, stoppingToken);
            wait = AskEvery;
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (Exception e) when (Outage.IsOne(e, stoppingToken))
            {
                logger.HeldEventsNotAsked(e.Message);
                wait = Outage.WaitAfter(e, AskEvery, time.GetUtcNow());
            }
        }
    }

    /// <summary>One round.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var unknown = 0;
        // Half the interval: what another instance has asked about just now, or the bus held just now, waits for the next round.
        foreach (var written in await KeptEvents.TakeHeldAsync(dataSource, now, now - (AskEvery / 2), AtMost, cancellationToken))
        {
            var held = CloudEventJson.Read(written);
            var receipt = await publisher.FindReceiptAsync(held.Id, cancellationToken);
            if (receipt is null)
                unknown++;
            else if (!receipt.Held)
                await FinishAsync(held, written, receipt, cancellationToken);
        }

        if (unknown > 0)
            logger.HeldEventsUnknown(unknown);
    }

    private async Task FinishAsync(CloudEvent held, byte[] written, Receipt receipt, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await KeptEvents.EndHeldAsync(connection, transaction, held, cancellationToken))
            return;
        if (!receipt.Accepted)
            await KeptEvents.KeepRejectedAsync(connection, transaction, held, written, receipt.Violations, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (receipt.Accepted)
            logger.HeldEventAccepted(held.Type, held.Id, receipt.Sequence);
        else
            logger.EventRejected(held.Type, held.Id, string.Join(' ', receipt.Violations.Select(v => v.Code)));
    }
}
