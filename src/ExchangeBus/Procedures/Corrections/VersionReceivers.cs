using Dapper;
using ExchangeBus.Delivery;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Npgsql;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>A subscription that got an event, or will: what waits for it is on its way.</summary>
internal sealed record ReceivedVersion(LoggedEvent Event, string Subscription, string Agency, string State);

/// <summary>
/// Says who got an event: by the rules of its place in the log, though an agreement may have ended since, or by a replay. Whoever gave it up to the dead letters
/// has seen it all the same; what was discarded or has expired reached nobody.
/// </summary>
internal sealed class VersionReceivers(NpgsqlDataSource dataSource, DeliveryRules rules, DeliveryStatus status)
{
    private static readonly string[] NeverReached = ["discarded", "expired"];

    private const string SelectReplays = """
        select subscription, from_sequence as first, least(to_sequence, greatest(position, given)) as last from delivery_job
        where kind = 'replay' and to_sequence >= @First and from_sequence <= @Last
        """;

    /// <param name="events">The events, in the log's order.</param>
    /// <param name="issuer">The agency that has corrected them, which has the right version; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<IReadOnlyList<ReceivedVersion>> FindAsync(IReadOnlyList<LoggedEvent> events, string? issuer, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return [];
        await rules.RefreshAsync(cancellationToken);
        var subscriptions = rules.Current.Subscriptions.Values.Where(s => s.Subscription.Agency != Subscription.BusAgency && s.Subscription.Agency != issuer).ToArray();
        var replays = await ReplaysAsync(events[0].Sequence, events[^1].Sequence, cancellationToken);
        var found = new List<ReceivedVersion>();
        foreach (var logged in events)
        {
            var got = subscriptions.Where(s => s.JudgeThen(logged).Kind == RulingKind.Deliver || (WasReplayed(s, logged) && s.JudgeToday(logged).Kind == RulingKind.Deliver))
                .ToDictionary(s => s.Subscription.Name, s => s.Subscription);
            if (got.Count == 0)
                continue;
            var states = await status.StatesAsync(logged, [.. got.Values], cancellationToken);
            found.AddRange(states.Where(s => !NeverReached.Contains(s.State)).Select(s => new ReceivedVersion(logged, s.Subscription, got[s.Subscription].Agency, s.State)));
        }

        return found;

        bool WasReplayed(SubscriptionRules subscription, LoggedEvent logged) =>
            replays[subscription.Subscription.Name].Any(r => r.First <= logged.Sequence && logged.Sequence <= r.Last);
    }

    private async Task<ILookup<string, Replayed>> ReplaysAsync(long first, long last, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Replayed>(new CommandDefinition(SelectReplays, new { First = first, Last = last }, cancellationToken: cancellationToken)))
            .ToLookup(r => r.Subscription, StringComparer.Ordinal);
    }

    private sealed record Replayed(string Subscription, long First, long Last);
}
