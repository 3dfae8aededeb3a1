namespace ExchangeBus.Delivery.Jobs;

/// <summary>How much a job may hand out, spread evenly: nothing is saved up for more than a moment.</summary>
internal sealed class JobRate(int perSecond, TimeSpan step, TimeProvider time)
{
    private readonly double _most = Math.Max(1, perSecond * step.TotalSeconds * 2);
    private double _allowed = Math.Min(1, perSecond * step.TotalSeconds);
    private long _at = time.GetTimestamp();
    private long _began = time.GetTimestamp();

    /// <summary>All that may be handed out now, as whole events.</summary>
    internal int Take()
    {
        _began = time.GetTimestamp();
        _allowed = Math.Min(_most, _allowed + (time.GetElapsedTime(_at, _began).TotalSeconds * perSecond));
        _at = _began;
        var whole = (int)_allowed;
        _allowed -= whole;
        return whole;
    }

    /// <summary>What was skipped costs nothing.</summary>
    internal void GiveBack(int count) => _allowed += count;

    /// <summary>Waits for the next step; not at all when there is something to hand out already.</summary>
    internal Task NextAsync(bool isWaiting, CancellationToken cancellationToken)
    {
        var rest = step - time.GetElapsedTime(_began);
        return isWaiting ? Task.Delay(step, time, cancellationToken)
            : _allowed >= 1 || rest <= TimeSpan.Zero ? Task.CompletedTask
            : Task.Delay(rest, time, cancellationToken);
    }
}
