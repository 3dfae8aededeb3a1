using System.Globalization;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions(IReadOnlyList<IWork> Works, int Rounds, TimeSpan Duration)
{
    private const int MostRounds = 100;
    private const double LongestSeconds = 900;

    /// <summary>Null when the arguments are not understood.</summary>
    internal static BenchmarkOptions? Read(string[] args, IReadOnlyList<IWork> known)
    {
        var (rounds, seconds) = (5, 3d);
        if (args.Length % 2 == 0)
            return null;
        for (var i = 1; i < args.Length; i += 2)
        {
            var understood = args[i] switch
            {
                "--rounds" => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= MostRounds,
                "--seconds" => double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seconds) && seconds is >= 0.1 and <= LongestSeconds,
                _ => false,
            };
            if (!understood)
                return null;
        }

        var works = args[0] == "all" ? known : [.. known.Where(w => w.Name == args[0])];
        return works.Count == 0 ? null : new BenchmarkOptions(works, rounds, TimeSpan.FromSeconds(seconds));
    }

    internal static string Usage(string[] args, IReadOnlyList<IWork> known)
    {
        var name = args.FirstOrDefault();
        var problem = name is null ? "Say which work to measure."
            : name != "all" && known.All(w => w.Name != name) ? $"There is no work '{name}'."
            : $"Only --rounds (1 to {MostRounds}) and --seconds (0.1 to {LongestSeconds}) may follow the name, each with its value.";
        var list = known.Select(w => $"  {w.Name,-16} {w.Says}").Append($"  {"all",-16} every one of them");
        return $"{problem} Known works:{Environment.NewLine}{string.Join(Environment.NewLine, list)}";
    }
}
