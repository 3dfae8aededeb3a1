using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>
/// One job on the node that holds it. It goes in small steps: look whether it may go on, hand out what the rate allows in a tenth of a second, and note all of it at
/// once. So it stops within a moment when told, and repeats one step at most when its node dies.
/// </summary>
internal sealed class JobRun(
    string node, ClaimedJob claimed, Subscription subscription, DeliveryRules rules, JobItems items, JobProgress progress, IJobWay way, TimeSpan lease, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly IReadOnlyDictionary<long, string> Nothing = new Dictionary<long, string>();

    private readonly JobOrder _job = claimed.Order;
    private readonly JobRate _rate = new(claimed.Order.Rate, Step, time);
    private long _position = claimed.Position;
    private DateTimeOffset _since = DateTimeOffset.MinValue;
    private long _delivered = claimed.Delivered;

    /// <summary>Runs until the job is over, paused, or another node's.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var carrier = way.Open(subscription);
        var (renewedAt, said) = (0L, (string?)null);
        while (await progress.LookAsync(node, _job.Id, cancellationToken) == JobState.Running)
        {
            // What an agreement has stopped permitting a moment ago must not leave.
            await rules.RefreshAsync(cancellationToken);
            var waitsFor = await WaitsForAsync(carrier, cancellationToken);
            if (said != waitsFor || renewedAt == 0 || time.GetElapsedTime(renewedAt) > lease / 4)
            {
                await progress.RenewAsync(node, _job.Id, waitsFor, lease, cancellationToken);
                (renewedAt, said) = (time.GetTimestamp(), waitsFor);
            }

            if (waitsFor is null && _rate.Take() is > 0 and var allowed)
            {
                if (await StepAsync(carrier, allowed, cancellationToken))
                    return;
                renewedAt = time.GetTimestamp();
            }

            await _rate.NextAsync(isWaiting: waitsFor is not null, cancellationToken);
        }
    }

    /// <summary>Null when nothing is in its way.</summary>
    private async Task<string?> WaitsForAsync(IJobCarrier carrier, CancellationToken cancellationToken) => rules.Current.Find(_job.Subscription)?.Flow switch
    {
        Flow.Paused => "subscription.paused",
        Flow.Suspended => "agreement.suspended",
        // Nothing is delivered any more, so nobody needs room; all that is left is skipped.
        Flow.Ended or null => null,
        _ => await carrier.HasRoomAsync(cancellationToken) ? null : "subscriber.behind",
    };

    /// <summary>True when the job is over or no longer this node's.</summary>
    private async Task<bool> StepAsync(IJobCarrier carrier, int allowed, CancellationToken cancellationToken)
    {
        var (position, since, judgedBy) = (_position, _since, rules.Current.Find(_job.Subscription));
        bool IsJudged() => judgedBy is not null && judgedBy.IsAs(rules.Current.Find(_job.Subscription));
        var deliveries = new List<JobDelivery>(allowed);
        var skipped = new Dictionary<string, long>(StringComparer.Ordinal);
        var began = time.GetTimestamp();
        var isEnd = false;
        while (deliveries.Count < allowed && !isEnd && time.GetElapsedTime(began) < Step)
        {
            var page = await items.ReadAsync(_job, _position, _since, allowed - deliveries.Count, cancellationToken);
            Judge(page, deliveries, skipped);
            (_position, isEnd) = (page.Through, page.IsEnd);
        }

        _rate.GiveBack(allowed - deliveries.Count);
        var refused = deliveries.Count > 0 ? await CarryAsync(carrier, deliveries, IsJudged, cancellationToken) : null;
        if (deliveries.Count > 0 && refused is null)
        {
            // Broken off: the step begins again, here by the rules of now, or with whoever runs the job next.
            (_position, _since) = (position, since);
            return false;
        }

        foreach (var group in (refused ?? Nothing).GroupBy(r => $"subscriber.{r.Value}"))
            skipped[group.Key] = group.Count();
        long[] delivered = [.. deliveries.Select(d => d.Logged.Sequence).Where(s => refused?.ContainsKey(s) != true)];
        // Not cancelled on the way: what was handed out would be handed out again.
        var state = await progress.SaveAsync(node, _job, new JobStepDone(_position, delivered, skipped, isEnd), lease, CancellationToken.None);
        _delivered += delivered.Length;
        if (state == JobState.Completed)
            logger.JobCompleted(_job.Id, _job.Subscription, _delivered, claimed.Total);
        return state != JobState.Running;
    }

    /// <summary>
    /// Null when it was broken off: somebody has stopped or paused the job, another node has it, or the rules are no longer those by which it was judged. A receiver
    /// that hangs must not keep it.
    /// </summary>
    private async Task<IReadOnlyDictionary<long, string>?> CarryAsync(
        IJobCarrier carrier, IReadOnlyList<JobDelivery> deliveries, Func<bool> isJudged, CancellationToken cancellationToken)
    {
        using var told = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var carrying = carrier.CarryAsync(deliveries, isJudged, told.Token);
        while (await Task.WhenAny(carrying, Task.Delay(LookEvery, time, cancellationToken)) != carrying)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await rules.RefreshAsync(cancellationToken);
            if (isJudged() && await progress.RenewAsync(node, _job.Id, null, lease, cancellationToken) == JobState.Running)
                continue;
            await told.CancelAsync();
            await ((Task)carrying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }

        try
        {
            return await carrying;
        }
        catch (OperationCanceledException) when (!isJudged())
        {
            return null;
        }
    }

    private void Judge(JobPage page, List<JobDelivery> deliveries, Dictionary<string, long> skipped)
    {
        var current = rules.Current.Find(_job.Subscription);
        if (page.Gone > 0)
            skipped[JobRuling.Gone] = skipped.GetValueOrDefault(JobRuling.Gone) + page.Gone;
        foreach (var logged in page.Events)
        {
            var ruling = JobRuling.Of(_job, current, logged);
            if (ruling.Cut is { } cut)
                deliveries.Add(new JobDelivery(logged, cut, _job.Id, _job.Kind == JobKind.Replay ? _job.Id.ToString("D") : null));
            else
                skipped[ruling.Rule!] = skipped.GetValueOrDefault(ruling.Rule!) + 1;
            _since = logged.RecordedAt;
        }
    }
}
