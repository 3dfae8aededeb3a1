using System.Diagnostics;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>Many more callers than the bus can serve, who never rest: does its memory stay where it is?</summary>
internal sealed class AcceptUnderOverload(LocalServerSet servers, int callers) : IContender
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private BenchmarkBus? _bus;

    public string Name => "ours, HTTP accept under overload";

    public Side Side => Side.Ours;

    public async Task PrepareAsync(CancellationToken cancellationToken) => _bus = await BenchmarkBus.StartAsync(servers, subscribers: 1, cancellationToken);

    public async Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken)
    {
        var ledger = new Ledger(load, subscribers: 0);
        long turnedAway = 0;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(ended.Token);
        await Callers.RunAsync(callers, async () =>
        {
            while (ledger.TryTake(out var number))
            {
                if (!await _bus!.Publisher.TryPublishAsync(number, cancellationToken))
                    Interlocked.Increment(ref turnedAway);
            }
        });
        var elapsed = ledger.Elapsed;
        await ended.CancelAsync();
        var seen = await watching;
        // The first third warms up: pools, compiled code, the tail of the log.
        var (middle, last) = (Highest(seen, 1), Highest(seen, 2));
        return new Outcome(ledger.Sent - turnedAway, elapsed)
        {
            Figures =
            [
                new("turned away", turnedAway),
                new("working set MB, second third", middle.WorkingSet), new("working set MB, last third", last.WorkingSet),
                new("managed MB, second third", middle.Managed), new("managed MB, last third", last.Managed),
            ],
        };
    }

    public ValueTask DisposeAsync() => _bus?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<List<(double WorkingSet, double Managed)>> WatchAsync(CancellationToken cancellationToken)
    {
        var seen = new List<(double, double)>();
        using var process = Process.GetCurrentProcess();
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
                process.Refresh();
                seen.Add((process.WorkingSet64 / 1e6, GC.GetGCMemoryInfo().HeapSizeBytes / 1e6));
            }
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }

    private static (double WorkingSet, double Managed) Highest(List<(double WorkingSet, double Managed)> seen, int third)
    {
        var part = seen.Skip(seen.Count * third / 3).Take(Math.Max(1, seen.Count / 3)).ToArray();
        return part.Length == 0 ? default : (part.Max(s => s.WorkingSet), part.Max(s => s.Managed));
    }
}
