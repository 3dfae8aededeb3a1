using ExchangeBus.Agencies;
using ExchangeBus.Platform;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>Takes bulk jobs that nobody runs, one at a time, and does to each dossier what one officer would do; the other nodes do the same.</summary>
internal sealed class BulkRunner(BulkProgress progress, StuckDesk desk, Officers officers, TimeProvider time, ILogger<BulkRunner> logger) : BackgroundService
{
    // Each waits until its procedure has taken it; so many may wait at once.
    private const int AtOnce = 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await progress.ClaimAsync(_node, Lease, stoppingToken) is { } claimed)
                    await RunAsync(claimed, stoppingToken);
                else
                    await Task.Delay(LookEvery, time, stoppingToken);
            }
            catch (Exception e) when (QueueWorker.IsTransient(e) && !stoppingToken.IsCancellationRequested)
            {
                logger.BulkInterrupted(e);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
    }

    private async Task RunAsync(ClaimedBulk job, CancellationToken cancellationToken)
    {
        try
        {
            // At a low rate few at a time, so that a pause holds at once.
            var atOnce = Math.Clamp(job.Rate / 5, 1, AtOnce);
            while (await progress.NextAsync(_node, job.Id, atOnce, Lease, cancellationToken) is { Count: > 0 } turns)
            {
                var since = time.GetTimestamp();
                await Task.WhenAll(turns.Select(turn => TakeAsync(job, turn, cancellationToken)));
                var rest = TimeSpan.FromSeconds((double)turns.Count / job.Rate) - time.GetElapsedTime(since);
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest, time, cancellationToken);
            }
        }
        finally
        {
            await progress.LeaveAsync(_node, job.Id);
        }
    }

    private async Task TakeAsync(ClaimedBulk job, BulkTurn turn, CancellationToken cancellationToken)
    {
        // The rights of this moment: who has lost them since does nothing more through a job.
        var outcome = officers.Find(job.Agency, job.Officer) is { } officer
            ? await desk.RequestAsync(turn.Request, turn.DossierNumber, job.Terms.OrderFor(turn.Version, job.Reason), officer, job.Approval, cancellationToken)
            : new DeskAnswer(null, [DeskRejections.NoOfficer()]);
        await progress.WriteAsync(job.Id, turn.Position, outcome.Violations.Count > 0 ? outcome.Violations[0].Code : outcome.Version is null ? "sent" : "done", cancellationToken);
    }
}
