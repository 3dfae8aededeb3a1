using System.Collections.Frozen;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>
/// Who gets what, in memory. A change is itself an event of the log, so that whoever reads the log meets it at its place and reads the rules again before
/// it judges the next event: the cut is exact on every node, however late a node hears of the change.
/// </summary>
internal sealed class DeliveryRules(RuleStore store) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile RuleSet _current = RuleSet.Empty;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>The rules as they were last read.</summary>
    internal RuleSet Current => _current;

    /// <summary>Completes when the rules are no longer those of <paramref name="known"/>.</summary>
    internal Task ChangedAsync(RuleSet known)
    {
        var changed = Volatile.Read(ref _changed).Task;
        return _current == known ? changed : Task.CompletedTask;
    }

    /// <summary>True for an event that changes what follows it.</summary>
    internal static bool IsChange(LoggedEvent logged) =>
        ReferenceEquals(logged.Type, EventTypes.AgreementChanged) || ReferenceEquals(logged.Type, EventTypes.SubscriptionChanged)
        || logged.Type is EventTypes.AgreementChanged or EventTypes.SubscriptionChanged;

    /// <summary>Makes sure that the rules include the change that stands at a position.</summary>
    internal async ValueTask<RuleSet> ThroughAsync(long sequence, CancellationToken cancellationToken)
    {
        if (_current.Through < sequence)
            await LoadAsync(set => set.Through >= sequence, cancellationToken);
        return _current;
    }

    /// <summary>Reads the rules again when the database says that they have changed.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var version = await store.VersionAsync(cancellationToken);
        if (_current.Version != version)
            await LoadAsync(set => set.Version >= version, cancellationToken);
    }

    public void Dispose() => _loading.Dispose();

    private async Task LoadAsync(Func<RuleSet, bool> isEnough, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (isEnough(_current))
                return;
            _current = await store.LoadAsync(cancellationToken);
            Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();
        }
        finally
        {
            _loading.Release();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>All rules at one moment.</summary>
/// <param name="Version">Moves with every change.</param>
/// <param name="Through">The newest position from which a change holds.</param>
/// <param name="Subscriptions">By name; those that are over too, because their deliveries are explained later.</param>
internal sealed record RuleSet(long Version, long Through, FrozenDictionary<string, SubscriptionRules> Subscriptions)
{
    internal static RuleSet Empty { get; } = new(0, -1, FrozenDictionary<string, SubscriptionRules>.Empty);

    internal SubscriptionRules? Find(string name) => Subscriptions.GetValueOrDefault(name);
}
