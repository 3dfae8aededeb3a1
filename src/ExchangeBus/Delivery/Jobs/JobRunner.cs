using ExchangeBus.Platform;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Takes the jobs that nobody runs and runs them, a few at a time; the other nodes do the same.</summary>
internal sealed class JobRunner(DeliveryRules rules, JobItems items, JobProgress progress, IEnumerable<IJobWay> ways, TimeProvider time, ILogger<JobRunner> logger)
    : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";
    private readonly Dictionary<Guid, Task> _running = [];
    private bool _isTold;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (id, _) in _running.Where(r => r.Value.IsCompleted).ToArray())
                    _running.Remove(id);
                if (_running.Count < AtOnce)
                {
                    foreach (var claimed in await progress.ClaimAsync(_node, _running.Keys, AtOnce - _running.Count, Lease, stoppingToken))
                        _running.Add(claimed.Order.Id, RunAsync(claimed, stoppingToken));
                }

                _isTold = false;
                await Task.Delay(LookEvery, time, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end silently.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Once for an outage, however long it lasts.
                if (!_isTold)
                    logger.JobsNotFound(e);
                _isTold = true;
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken);
    }

    private async Task RunAsync(ClaimedJob claimed, CancellationToken cancellationToken)
    {
        var order = claimed.Order;
        try
        {
            await rules.RefreshAsync(cancellationToken);
            var subscription = rules.Current.Find(order.Subscription)!.Subscription;
            var way = ways.First(w => w.Way == subscription.Way);
            await new JobRun(_node, claimed, subscription, rules, items, progress, way, Lease, time, logger).RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; another one goes on.
        }
#pragma warning disable CA1031 // The edge of a job's loop: it is taken again, by this node or another.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.JobInterrupted(order.Id, order.Subscription, e);
            await Task.Delay(AfterFailure, time, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        try
        {
            await progress.LetGoAsync(_node, order.Id);
        }
        catch (Exception e) when (QueueWorker.IsTransient(e))
        {
            // The lease runs out by itself.
        }
    }
}
