namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>One counted round of one contender.</summary>
/// <param name="PerSecond">Units per second.</param>
/// <param name="Units">Units done.</param>
/// <param name="CpuMicroseconds">Processor time of this process per unit, load generator and bus together, without the servers.</param>
/// <param name="AllocatedBytes">Managed memory allocated in this process per unit.</param>
/// <param name="Figures">What else the contender counted or timed.</param>
internal sealed record Round(double PerSecond, long Units, double CpuMicroseconds, double AllocatedBytes, IReadOnlyList<Figure> Figures);

/// <summary>All counted rounds of one contender.</summary>
internal sealed record ContenderResult(string Name, Side Side, string Group, IReadOnlyList<Round> Rounds)
{
    internal Spread PerSecond { get; } = Spread.Of(Rounds.Select(r => r.PerSecond));

    internal double CpuMicroseconds { get; } = Spread.Of(Rounds.Select(r => r.CpuMicroseconds)).Median;

    internal double AllocatedBytes { get; } = Spread.Of(Rounds.Select(r => r.AllocatedBytes)).Median;

    internal IReadOnlyList<FigureSpread> Figures { get; } =
        [.. Rounds.SelectMany(r => r.Figures).GroupBy(f => f.Name).Select(g => new FigureSpread(g.Key, Spread.Of(g.Select(f => f.Value))))];

    internal bool IsDisturbed => PerSecond.IsWide;

    internal FigureSpread Figure(string name) => Figures.First(f => f.Name == name);
}

/// <summary>A figure over all rounds.</summary>
internal sealed record FigureSpread(string Name, Spread Value);

/// <summary>What came out of a work.</summary>
internal sealed record WorkResult(IWork Work, BenchmarkOptions Options, IReadOnlyList<ContenderResult> Contenders)
{
    /// <summary>Ours over each of the others, round by round, so that only neighbours in time are compared.</summary>
    internal IReadOnlyList<Ratio> Ratios => Work.Differences.Count > 0 ? [] :
        [.. Pairs.Select(p => new Ratio(
            p.Ours.Name,
            p.Other.Name,
            Spread.Of(p.Ours.Rounds.Zip(p.Other.Rounds, (ours, theirs) => ours.PerSecond / theirs.PerSecond)),
            p.Ours.IsDisturbed || p.Other.IsDisturbed))];

    /// <summary>Figures of ours less those of each of the others, round by round.</summary>
    internal IReadOnlyList<Difference> Differences =>
        [.. Pairs.SelectMany(p => Work.Differences.Select(name => new Difference(
            p.Ours.Name,
            p.Other.Name,
            name,
            Spread.Of(p.Ours.Rounds.Zip(p.Other.Rounds, (ours, theirs) => Of(ours, name) - Of(theirs, name))),
            p.Ours.Figure(name).Value.IsWide || p.Other.Figure(name).Value.IsWide)))];

    private IEnumerable<(ContenderResult Ours, ContenderResult Other)> Pairs =>
        Contenders.GroupBy(c => c.Group).SelectMany(g => g.Skip(1).Select(other => (g.First(), other)));

    private static double Of(Round round, string figure) => round.Figures.First(f => f.Name == figure).Value;
}

/// <summary>One contender's speed as a multiple of another's.</summary>
internal sealed record Ratio(string Of, string Over, Spread Value, bool IsDisturbed);

/// <summary>How much more of something one contender has than another.</summary>
internal sealed record Difference(string Of, string Over, string Figure, Spread Value, bool IsDisturbed);

/// <summary>Middle and ends of some figures.</summary>
internal sealed record Spread(double Median, double Min, double Max)
{
    // Above this, something else was using the machine, or the contender is not steady: either way one median says little.
    private const double Widest = 1.5;

    internal bool IsWide => Max / Min > Widest;

    internal static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        var half = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2, sorted[0], sorted[^1]);
    }
}
