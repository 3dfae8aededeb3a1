namespace ExchangeBus.Delivery.Webhooks;

/// <summary>
/// When a failed delivery is tried again: full jitter above a small floor. About 5 s after the first failure, then up to twice as long each time, at most 1 h,
/// until its time is over. Many deliveries that failed together do not come back together.
/// </summary>
/// <param name="duration">From the first failure to the last attempt; 1 min to 30 days.</param>
/// <param name="random">Gives numbers from 0 up to 1, 1 excluded.</param>
internal sealed class RetrySchedule(TimeSpan duration, Func<double> random)
{
    internal static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(72);
    internal static readonly TimeSpan ShortestDuration = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan LongestDuration = TimeSpan.FromDays(30);

    // The mean of the first wait is half of floor and ceiling: 5 s.
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan FirstCeiling = TimeSpan.FromSeconds(7.5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private const int MostDoublings = 16;

    /// <param name="firstFailureAt">When the first attempt failed.</param>
    /// <param name="attempt">Attempts that have failed so far, 1 or more.</param>
    /// <param name="now">The time.</param>
    /// <param name="retryAfter">Before when the receiver wants nothing, or null.</param>
    /// <returns>When to try again; null when the time is over, so that the delivery is dead.</returns>
    internal DateTimeOffset? NextAt(DateTimeOffset firstFailureAt, int attempt, DateTimeOffset now, DateTimeOffset? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var end = firstFailureAt + duration;
        if (now >= end || retryAfter > end)
            return null;
        var ceiling = Math.Min(FirstCeiling.Ticks << Math.Min(attempt - 1, MostDoublings), Longest.Ticks);
        var next = now + Floor + ((TimeSpan.FromTicks(ceiling) - Floor) * random());
        // All who were told the same moment must not come at that moment.
        if (retryAfter > next)
            next = retryAfter.Value + (FirstCeiling * random());
        // The last attempt is made when the time ends, not thrown away.
        return next < end ? next : end;
    }
}
