using System.Globalization;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>What the command line asks for.</summary>
/// <param name="Only">A part of the names of the contenders that run; null runs all. For profiling: no ratio comes of it.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<IWork> Works, int Rounds, TimeSpan Duration, string? Only = null)
{
    private const int MostRounds = 100;
    private const double LongestSeconds = 900;

    /// <summary>Null when the arguments are not understood.</summary>
    internal static BenchmarkOptions? Read(string[] args, IReadOnlyList<IWork> known)
    {
        var (rounds, seconds) = (5, 3d);
        string? only = null;
        if (args.Length % 2 == 0)
            return null;
        for (var i = 1; i < args.Length; i += 2)
        {
            var understood = args[i] switch
            {
                "--rounds" => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= MostRounds,
                "--seconds" => double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seconds) && seconds is >= 0.1 and <= LongestSeconds,
                "--only" => (only = args[i + 1]).Length > 0,
                _ => false,
            };
            if (!understood)
                return null;
        }

        var works = args[0] == "all" ? known : [.. known.Where(w => w.Name == args[0])];
        return works.Count == 0 ? null : new BenchmarkOptions(works, rounds, TimeSpan.FromSeconds(seconds), only);
    }

    internal static string Usage(string[] args, IReadOnlyList<IWork> known)
    {
        var name = args.FirstOrDefault();
        var problem = name is null ? "Say which work to measure."
            : name != "all" && known.All(w => w.Name != name) ? $"There is no work '{name}'."
            : $"Only --rounds (1 to {MostRounds}), --seconds (0.1 to {LongestSeconds}) and --only (part of a contender's name) may follow the name, each with its value.";
        var list = known.Select(w => $"  {w.Name,-16} {w.Says}").Append($"  {"all",-16} every one of them");
        return $"{problem} Known works:{Environment.NewLine}{string.Join(Environment.NewLine, list)}";
    }
}
