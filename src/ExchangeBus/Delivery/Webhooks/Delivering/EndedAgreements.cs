using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Takes back what waits and is no longer permitted as soon as an agreement has ended, and not only when its time to be tried comes, which may be days ahead. Nothing is
/// sent, so it does so also while the subscription is paused.
/// </summary>
internal sealed class EndedAgreements(WebhookPump pump, PumpParts parts, OrderLines lines)
{
    private const int Page = 500;
    private SubscriptionRules? _done;

    /// <summary>Whether there is something to look through.</summary>
    internal bool HasNews(SubscriptionRules rules) => lines.Waiting > 0 && !rules.IsAs(_done)
        && rules.Versions.SelectMany(v => v.Agreements).Any(a => a.Current.Version.State == AgreementState.Ended);

    /// <summary>Judges all that waits and is not under way by the rules of now.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="enter">Takes a key that nobody else has under way; false when somebody has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task TakeBackAsync(SubscriptionRules rules, Func<string, bool> enter, CancellationToken cancellationToken)
    {
        var (after, isComplete) = (0L, true);
        var ours = new Dictionary<string, bool>(StringComparer.Ordinal);
        try
        {
            while (await parts.Waiting.AfterAsync(pump.Subscription.Name, pump.Partition, after, Page, cancellationToken) is { Count: > 0 } rows)
            {
                after = rows[^1].Sequence;
                foreach (var row in rows)
                {
                    if (!ours.TryGetValue(row.OrderKey, out var isOurs))
                        ours.Add(row.OrderKey, isOurs = enter(row.OrderKey));
                    isComplete &= isOurs;
                    if (!isOurs || rules.Judge(await parts.FindWaitingAsync(row, cancellationToken)) is not { Kind: not RulingKind.Deliver } ruling)
                        continue;
                    pump.Ledger.Write(new Change.TakenBack(row, ruling.Kind));
                    lines.Resolved(row.OrderKey);
                }
            }
        }
        finally
        {
            foreach (var (key, _) in ours.Where(o => o.Value))
                pump.Ledger.Write(new Change.Released(key));
        }

        // What was under way is looked at when it has come to its end.
        if (isComplete)
            _done = rules;
    }
}
