using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Every delivery goes through here just before it is sent: whatever was read, nothing leaves while the subscription is paused, suspended or over, nor after this
/// node's lease of the partition has run out, because another node may deliver by then.
/// </summary>
internal sealed class FlowGate(string subscription, DeliveryRules rules, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private long _leasedUntil;

    /// <summary>The lease was renewed; it runs from before the database was asked.</summary>
    internal void Leased(long askedAt, TimeSpan lease) => Volatile.Write(ref _leasedUntil, askedAt + (long)(lease.TotalSeconds * time.TimestampFrequency));

    /// <summary>Whether deliveries still run, and by the same rules.</summary>
    internal bool IsOpenBy(SubscriptionRules judgedBy) => ReferenceEquals(rules.Current.Find(subscription), judgedBy) && judgedBy.Flow == Flow.Open
        && time.GetTimestamp() < Volatile.Read(ref _leasedUntil);

    /// <summary>Waits until deliveries may run; returns the rules by which they run.</summary>
    internal async ValueTask<SubscriptionRules> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var set = rules.Current;
            if (set.Find(subscription) is { Flow: Flow.Open } open && time.GetTimestamp() < Volatile.Read(ref _leasedUntil))
                return open;
            await Task.WhenAny(rules.ChangedAsync(set), Task.Delay(LookEvery, time, cancellationToken));
        }
    }
}
