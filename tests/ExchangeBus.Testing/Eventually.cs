using System.Diagnostics;
using NUnit.Framework;

namespace ExchangeBus.Testing;

/// <summary>Waits for what happens elsewhere, for a bounded time.</summary>
public static class Eventually
{
    /// <summary>Asks again until the answer satisfies, and fails with <paramref name="what"/> when it does not within the time (default 30 s).</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> satisfies, string what, TimeSpan? within = null)
    {
        var started = Stopwatch.GetTimestamp();
        var limit = within ?? TimeSpan.FromSeconds(30);
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
                return answer;
            if (Stopwatch.GetElapsedTime(started) > limit)
                Assert.Fail($"Not within {limit.TotalSeconds:0} s: {what}. Last seen: {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}
