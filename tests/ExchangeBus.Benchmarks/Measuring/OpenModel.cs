using System.Diagnostics;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>
/// Sends at times that are fixed beforehand, whatever the answers do, and takes each latency from the time at which its message was due:
/// a stall counts for every message that it delays, also for those that the sender could not send meanwhile.
/// </summary>
internal sealed class OpenModel(Load load, int perSecond)
{
    internal const string Median = "p50 ms";
    internal const string MostOf20 = "p95 ms";
    internal const string MostOf100 = "p99 ms";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Ticks of the stopwatch; 0 is "has not arrived".
    private readonly long[] _latencies = new long[Math.Max(1, (int)(load.Duration.TotalSeconds * perSecond))];
    private readonly TaskCompletionSource<long> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _received;

    internal long Sent => _latencies.Length;

    /// <summary>Sends all; a send is not waited for before the next.</summary>
    internal async Task SendAsync(Func<long, Task> send, CancellationToken cancellationToken)
    {
        var sends = new List<Task>(_latencies.Length);
        for (var i = 0; i < _latencies.Length; i++)
        {
            // A timer counts whole milliseconds: rounded up, so that none is sent before it is due.
            var early = Math.Ceiling(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), DueAt(i)).TotalMilliseconds);
            if (early > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(early), TimeProvider.System, cancellationToken);
            sends.Add(send(load.First + i));
        }

        await Task.WhenAll(sends);
    }

    /// <summary>It has arrived. A second copy, or one from an earlier run, is not counted.</summary>
    internal void Received(long number)
    {
        var now = Stopwatch.GetTimestamp();
        var index = number - load.First;
        if (index < 0 || index >= _latencies.Length || Interlocked.CompareExchange(ref _latencies[index], Math.Max(1, now - DueAt(index)), 0) != 0)
            return;
        if (Interlocked.Increment(ref _received) == _latencies.Length)
            _complete.TrySetResult(now);
    }

    /// <summary>Waits until everything has arrived, and tells the latencies.</summary>
    internal async Task<Outcome> CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            var end = await _complete.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
            var sorted = _latencies.Order().ToArray();
            return new Outcome(Sent, Stopwatch.GetElapsedTime(_started, end))
            {
                Figures = [new(Median, Rank(sorted, 0.50)), new(MostOf20, Rank(sorted, 0.95)), new(MostOf100, Rank(sorted, 0.99))],
            };
        }
        catch (TimeoutException)
        {
            throw new WrongOutcomeException($"{Interlocked.Read(ref _received):N0} of {Sent:N0} messages had arrived {Patience.TotalSeconds:0} s after the last was sent.");
        }
    }

    private long DueAt(long index) => _started + index * Stopwatch.Frequency / perSecond;

    // The nearest rank: a latency that some message had, not one between two.
    private static double Rank(long[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] * 1000d / Stopwatch.Frequency;
}
