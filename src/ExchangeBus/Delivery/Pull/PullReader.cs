using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Pull;

/// <summary>An event as it is given out, with its place.</summary>
internal readonly record struct Given(long Sequence, ReadOnlyMemory<byte> Message);

/// <summary>Reads from the log what a subscription gets after a position. What is given out is written down before the answer leaves.</summary>
internal sealed class PullReader(LogReader log, DeliveryRules rules, CutBodies bodies, PullPositions positions)
{
    private const int Page = 256;

    // One look stops here, so that a filter that matches nothing does not hold a connection for the whole log; the next look goes on from there.
    private const int MaxLooked = 20_000;
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>The next events, at most <paramref name="limit"/> or about 4 MiB; none at the end of the log.</summary>
    /// <param name="name">The subscription.</param>
    /// <param name="after">The event that the subscriber has; what follows is given.</param>
    /// <param name="limit">Most events.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The events, and how far the log was looked at.</returns>
    internal async Task<(IReadOnlyList<Given> Events, long Looked)> NextAsync(string name, long after, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var position = (await positions.FindAsync(name, cancellationToken))!;
            // Nothing between the newest that was given and what was looked at was for it.
            var (given, progress) = await LookAsync(name, after >= position.Delivered ? Math.Max(after, position.Read) : after, after, position.Counted, limit, cancellationToken);
            if ((progress.Read <= position.Read && given.Count == 0) || await positions.SaveAsync(name, position.Counted, progress, cancellationToken))
                return (given, progress.Read);
        }
    }

    private async Task<(List<Given> Given, PullProgress Progress)> LookAsync(string name, long from, long previous, long counted, int limit, CancellationToken cancellationToken)
    {
        var (given, page, counts) = (new List<Given>(), new List<LoggedEvent>(Page), new long[4]);
        var (read, since, looked, bytes, set) = (from, DateTimeOffset.MinValue, 0, 0L, rules.Current);
        do
        {
            await log.ReadAsync(read, since, page, Page, cancellationToken);
            foreach (var logged in page)
            {
                if (DeliveryRules.IsChange(logged))
                    set = await rules.ThroughAsync(logged.Sequence, cancellationToken);
                (read, since) = (logged.Sequence, logged.RecordedAt);
                var ruling = set.Find(name)?.Judge(logged) ?? Ruling.Unmatched(RuleNames.Before);
                if (logged.Sequence > counted)
                    counts[(int)ruling.Kind]++;
                if (ruling.Kind != RulingKind.Deliver)
                    continue;
                var message = DeliveryBody.Of(logged, bodies.Of(logged, ruling.Cut!), previous);
                given.Add(new Given(logged.Sequence, message));
                (previous, bytes) = (logged.Sequence, bytes + message.Length);
                if (given.Count == limit || bytes >= MaxBytes)
                    break;
            }

            looked += page.Count;
        }
        while (page.Count == Page && given.Count < limit && bytes < MaxBytes && looked < MaxLooked);

        var progress = new PullProgress(
            read, given.Count > 0 ? given[^1].Sequence : 0, given.Count, counts[(int)RulingKind.Unmatched], counts[(int)RulingKind.Withheld], counts[(int)RulingKind.Expired],
            counts[(int)RulingKind.Deliver]);
        return (given, progress);
    }
}
