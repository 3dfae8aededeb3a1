using ExchangeBus.Benchmarks.Contenders;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>Sends as long as fewer than a bound are under way: the next one goes when one has ended.</summary>
internal sealed class ClosedModel(Load load, int most) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Ledger _ledger = new(load, subscribers: 1);
    private readonly SemaphoreSlim _room = new(most);

    internal long Sent => _ledger.Sent;

    /// <summary>It has ended. A second time, or one from an earlier run, is not counted.</summary>
    internal void Ended(long number)
    {
        if (_ledger.Received(0, number))
            _room.Release();
    }

    /// <summary>Sends from several callers until the load's time is over, and waits until all have ended.</summary>
    internal async Task<Outcome> RunAsync(int callers, Func<long, Task> send, CancellationToken cancellationToken)
    {
        await Callers.RunAsync(callers, async () =>
        {
            while (await EnterAsync(cancellationToken) && _ledger.TryTake(out var number))
                await send(number);
        });
        return await _ledger.CompleteAsync(cancellationToken);
    }

    public void Dispose() => _room.Dispose();

    private async Task<bool> EnterAsync(CancellationToken cancellationToken) =>
        await _room.WaitAsync(Patience, cancellationToken)
            ? true
            : throw new WrongOutcomeException($"Nothing has ended for {Patience.TotalSeconds:0} s.");
}
