using System.Diagnostics;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>
/// Gives out the numbers of one run and ticks off what each subscriber has received, so that the run ends
/// exactly when everything that was sent has arrived everywhere.
/// </summary>
internal sealed class Ledger
{
    private const int MostPerSecond = 150_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly long _first;
    private readonly byte[][] _seen;
    private readonly TaskCompletionSource<long> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _started;
    private readonly long _endAt;
    private readonly long _most;
    private long _sent;
    private long _received;
    private long _expected = -1;

    /// <param name="load">How long, and the first number.</param>
    /// <param name="subscribers">How many must receive each.</param>
    /// <param name="most">No more than so many are given out.</param>
    internal Ledger(Load load, int subscribers, long most = long.MaxValue)
    {
        _most = most;
        _first = load.First;
        var capacity = (int)(MostPerSecond * (load.Duration.TotalSeconds + 1));
        _seen = [.. Enumerable.Range(0, subscribers).Select(_ => new byte[capacity])];
        _started = Stopwatch.GetTimestamp();
        _endAt = _started + (long)(load.Duration.TotalSeconds * Stopwatch.Frequency);
    }

    internal long Sent => Volatile.Read(ref _sent);

    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>The number of the next message; false when the time is over.</summary>
    internal bool TryTake(out long number)
    {
        number = 0;
        if (Stopwatch.GetTimestamp() >= _endAt || Volatile.Read(ref _sent) >= _most)
            return false;
        number = _first + Interlocked.Increment(ref _sent) - 1;
        return true;
    }

    /// <summary>The same messages, of which nobody has received any, and the clock beginning now.</summary>
    internal Ledger FromNow() => new(new Load(TimeSpan.FromSeconds((double)Sent / MostPerSecond + 1), _first), _seen.Length) { _sent = Sent };

    /// <summary>A subscriber has it. False for a second copy and for one from an earlier run: they are not counted.</summary>
    internal bool Received(int subscriber, long number)
    {
        var index = number - _first;
        if (index < 0 || index >= _seen[subscriber].Length || Interlocked.Exchange(ref _seen[subscriber][index], 1) == 1)
            return false;
        var received = Interlocked.Increment(ref _received);
        if (received == Volatile.Read(ref _expected))
            _complete.TrySetResult(Stopwatch.GetTimestamp());
        return true;
    }

    /// <summary>Nothing more is sent; waits until all subscribers have everything and says how long the whole took.</summary>
    internal async Task<Outcome> CompleteAsync(CancellationToken cancellationToken)
    {
        var expected = Sent * _seen.Length;
        Volatile.Write(ref _expected, expected);
        if (Interlocked.Read(ref _received) == expected)
            _complete.TrySetResult(Stopwatch.GetTimestamp());
        try
        {
            var end = await _complete.Task.WaitAsync(Patience, cancellationToken);
            return new Outcome(expected, Stopwatch.GetElapsedTime(_started, end));
        }
        catch (TimeoutException)
        {
            throw new WrongOutcomeException($"{Interlocked.Read(ref _received):N0} of {expected:N0} deliveries had arrived {Patience.TotalSeconds:0} s after the last was sent.");
        }
    }
}
