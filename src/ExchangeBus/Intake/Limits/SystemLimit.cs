namespace ExchangeBus.Intake.Limits;

/// <summary>
/// What one system has left: a token bucket of events, and its requests in work. Ours because the framework's limiters do not take a <see cref="TimeProvider"/>.
/// </summary>
internal sealed class SystemLimit(SystemLimitOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = options.Burst;
    private long _filledAt = time.GetTimestamp();
    private int _requests;

    /// <summary>Takes events out of the bucket. More than the burst are taken when the bucket is full, and leave it in debt.</summary>
    /// <returns>Zero when they may pass; otherwise how long to wait, and nothing was taken.</returns>
    internal TimeSpan Take(int events)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(options.Burst, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * options.EventsPerSecond));
            _filledAt = now;
            var needed = Math.Min(events, options.Burst);
            if (_tokens < needed)
                return TimeSpan.FromSeconds((needed - _tokens) / options.EventsPerSecond);
            _tokens -= events;
            return TimeSpan.Zero;
        }
    }

    /// <summary>False when too many requests of this system are in work; otherwise <see cref="Leave"/> must follow.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _requests) <= options.ConcurrentRequests)
            return true;
        Interlocked.Decrement(ref _requests);
        return false;
    }

    internal void Leave() => Interlocked.Decrement(ref _requests);
}
