namespace ExchangeBus.Delivery.Webhooks.Pacing;

/// <summary>
/// Keeps to the requests a minute that a receiver allows: never more in any 60 seconds, about a second's share at once. Safe for many threads.
/// </summary>
internal sealed class RequestRate(TimeProvider time)
{
    private const double SecondsOfMinute = 60;

    private readonly Lock _lock = new();
    private double _tokens;
    private int _perMinute;
    private long _filledAt;

    /// <returns>Zero when a request may go now; otherwise how long to wait, and nothing was taken.</returns>
    internal TimeSpan Take(int? perMinute)
    {
        if (perMinute is not { } allowed)
            return TimeSpan.Zero;
        lock (_lock)
        {
            // A bucket of a second's share; the rest of the minute's share trickles in, so that bucket and trickle together never exceed it.
            double burst = Math.Ceiling(allowed / SecondsOfMinute);
            var perSecond = (allowed - burst + 1) / SecondsOfMinute;
            var now = time.GetTimestamp();
            if (_perMinute == 0)
                _tokens = burst;
            else
                _tokens += time.GetElapsedTime(_filledAt, now).TotalSeconds * perSecond;
            (_tokens, _perMinute, _filledAt) = (Math.Min(_tokens, burst), allowed, now);
            if (_tokens < 1)
                return TimeSpan.FromMilliseconds(Math.Ceiling((1 - _tokens) / perSecond * 1000));
            _tokens--;
            return TimeSpan.Zero;
        }
    }
}
