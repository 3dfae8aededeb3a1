using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Dispatch;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Pull;

/// <summary>Events of a replay, and what a look at its part of the log came to.</summary>
/// <param name="Events">What is given.</param>
/// <param name="Looked">How far the log was looked at.</param>
/// <param name="Delivered">How many are given for the first time.</param>
/// <param name="Skipped">How many were skipped for the first time, by the rule that was against them.</param>
internal sealed record ReplayPage(IReadOnlyList<Given> Events, long Looked, long Delivered, IReadOnlyDictionary<string, long> Skipped);

/// <summary>Reads a replay for a subscriber that asks, by the rules of today. What is given out is written down before the answer leaves.</summary>
internal sealed class PullReplayReader(JobItems items, DeliveryRules rules, CutBodies bodies, PullReplays replays)
{
    // One look stops here, so that a part of the log without anything permitted does not hold the request.
    private const int MaxLooked = 20_000;
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>The next events, and where the job stands then; null when it has moved meanwhile, so that the question must be judged again.</summary>
    internal async Task<(IReadOnlyList<Given> Events, JobState State)?> NextAsync(PullReplay replay, long after, int limit, CancellationToken cancellationToken)
    {
        // Nothing between the newest that was given and what was looked at is for it.
        var page = await LookAsync(replay, after >= replay.Given ? Math.Max(after, replay.Looked) : Math.Max(after, replay.Order.FromSequence - 1), limit, cancellationToken);
        return await replays.SaveAsync(replay, after, page, cancellationToken) is { } state ? (page.Events, state) : null;
    }

    private async Task<ReplayPage> LookAsync(PullReplay replay, long from, int limit, CancellationToken cancellationToken)
    {
        var (order, current, looked, since, seen, bytes) = (replay.Order, rules.Current.Find(replay.Order.Subscription), from, DateTimeOffset.MinValue, 0, 0L);
        var (given, skipped, delivered) = (new List<Given>(), new Dictionary<string, long>(StringComparer.Ordinal), 0L);
        void Skip(string rule, long count) => skipped[rule] = skipped.GetValueOrDefault(rule) + count;
        while (looked < order.ToSequence && given.Count < limit && bytes < MaxBytes && seen < MaxLooked)
        {
            var page = await items.ReadAsync(order, looked, since, limit - given.Count, cancellationToken);
            var isWhole = true;
            foreach (var logged in page.Events)
            {
                var (isNew, gap) = (logged.Sequence > replay.Looked, logged.Sequence - Math.Max(looked, replay.Looked) - 1);
                if (gap > 0)
                    Skip(JobRuling.Gone, gap);
                (looked, since) = (logged.Sequence, logged.RecordedAt);
                var ruling = JobRuling.Of(order, current, logged);
                if (ruling.Cut is { } cut)
                {
                    var message = DeliveryBody.Of(logged, bodies.Of(logged, cut), previous: null, order.Id.ToString("D"));
                    given.Add(new Given(logged.Sequence, message));
                    bytes += message.Length;
                    delivered += isNew ? 1 : 0;
                }
                else if (isNew)
                {
                    Skip(ruling.Rule!, 1);
                }

                isWhole = bytes < MaxBytes;
                if (!isWhole)
                    break;
            }

            if (isWhole && page.Through > looked)
            {
                if (page.Through - Math.Max(looked, replay.Looked) is > 0 and var gone)
                    Skip(JobRuling.Gone, gone);
                looked = page.Through;
            }

            seen += Math.Max(page.Events.Count, 1);
        }

        return new ReplayPage(given, looked, delivered, skipped);
    }
}
