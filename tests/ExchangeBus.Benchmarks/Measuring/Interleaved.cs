using System.Diagnostics;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>Runs the contenders of a work in turn, A B C A B C, so that a drift of the machine meets all of them.</summary>
internal static class Interleaved
{
    private const long NumbersPerRun = 100_000_000;

    // Eight seconds in, a quarter of the processor time of the HTTP path was still the JIT compiler's.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static long _run;

    internal static async Task<WorkResult> RunAsync(IWork work, LocalServerSet servers, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var contenders = work.Contenders(servers)
            .Where(c => options.Only is null || c.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (contenders.Length == 0)
            throw new WrongOutcomeException($"No contender of '{work.Name}' has '{options.Only}' in its name.");
        var rounds = contenders.ToDictionary(c => c, _ => new List<Round>());
        try
        {
            foreach (var contender in contenders)
                await contender.PrepareAsync(cancellationToken);
            for (var round = 0; round <= options.Rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    // Round 0 warms up: code is compiled, connections are open, files have grown.
                    var duration = round == 0 ? WarmUp : options.Duration;
                    var done = await MeasureAsync(contender, duration, cancellationToken);
                    await System.Console.Error.WriteLineAsync(
                        $"{work.Name} · {(round == 0 ? "warm-up" : $"round {round}/{options.Rounds}")} · {contender.Name}: {done.PerSecond:N0} {work.Unit}/s");
                    if (round > 0)
                        rounds[contender].Add(done);
                }
            }
        }
        finally
        {
            foreach (var contender in contenders)
                await contender.DisposeAsync();
        }

        return new WorkResult(work, options, [.. contenders.Select(c => new ContenderResult(c.Name, c.Side, c.Group, rounds[c]))]);
    }

    private static async Task<Round> MeasureAsync(IContender contender, TimeSpan duration, CancellationToken cancellationToken)
    {
        // Each starts with the garbage of the one before collected.
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = process.TotalProcessorTime;
        var outcome = await contender.RunAsync(new Load(duration, _run++ * NumbersPerRun), cancellationToken);
        process.Refresh();
        return new Round(
            outcome.PerSecond,
            outcome.Units,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / outcome.Units,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / outcome.Units,
            outcome.Figures);
    }
}
