namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>One counted round of one contender.</summary>
/// <param name="PerSecond">Units per second.</param>
/// <param name="Units">Units done.</param>
/// <param name="CpuMicroseconds">Processor time of this process per unit, load generator and bus together, without the servers.</param>
/// <param name="AllocatedBytes">Managed memory allocated in this process per unit.</param>
internal sealed record Round(double PerSecond, long Units, double CpuMicroseconds, double AllocatedBytes);

/// <summary>All counted rounds of one contender.</summary>
internal sealed record ContenderResult(string Name, Side Side, IReadOnlyList<Round> Rounds)
{
    // Above this, something else was using the machine, or the contender is not steady: either way one median says little.
    private const double MostSpread = 1.5;

    internal Spread PerSecond { get; } = Spread.Of(Rounds.Select(r => r.PerSecond));

    internal double CpuMicroseconds { get; } = Spread.Of(Rounds.Select(r => r.CpuMicroseconds)).Median;

    internal double AllocatedBytes { get; } = Spread.Of(Rounds.Select(r => r.AllocatedBytes)).Median;

    internal bool IsDisturbed => PerSecond.Max / PerSecond.Min > MostSpread;
}

/// <summary>What came out of a work.</summary>
internal sealed record WorkResult(IWork Work, BenchmarkOptions Options, IReadOnlyList<ContenderResult> Contenders)
{
    /// <summary>Ours over each of the others, round by round, so that only neighbours in time are compared.</summary>
    internal IReadOnlyList<Ratio> Ratios =>
        [.. Contenders.Skip(1).Select(other => new Ratio(
            Contenders[0].Name,
            other.Name,
            Spread.Of(Contenders[0].Rounds.Zip(other.Rounds, (ours, theirs) => ours.PerSecond / theirs.PerSecond)),
            Contenders[0].IsDisturbed || other.IsDisturbed))];
}

/// <summary>One contender's speed as a multiple of another's.</summary>
internal sealed record Ratio(string Of, string Over, Spread Value, bool IsDisturbed);

/// <summary>Middle and ends of some figures.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    internal static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        var half = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }
}
