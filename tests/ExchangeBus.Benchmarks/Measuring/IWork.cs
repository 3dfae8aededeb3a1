using ExchangeBus.LocalServers;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>Something to do, that several contenders do in turn.</summary>
internal interface IWork
{
    string Name { get; }

    /// <summary>One line: what is measured, and between which two moments.</summary>
    string Says { get; }

    /// <summary>What is counted, in the plural.</summary>
    string Unit { get; }

    /// <summary>What a reader must know to judge the comparison.</summary>
    string Conditions { get; }

    /// <summary>
    /// The names of the <see cref="Figure"/>s to compare by subtraction. When there are any, rates are not compared: the load has set them.
    /// </summary>
    IReadOnlyList<string> Differences => [];

    /// <summary>Ours first, in each group.</summary>
    IReadOnlyList<IContender> Contenders(LocalServerSet servers);
}

/// <summary>Which part a contender plays.</summary>
internal enum Side
{
    /// <summary>The bus.</summary>
    Ours,

    /// <summary>Another product that does comparable work.</summary>
    Rival,

    /// <summary>What the server under it can do with nothing on top.</summary>
    Ceiling,
}

/// <summary>One way to do a work.</summary>
internal interface IContender : IAsyncDisposable
{
    string Name { get; }

    Side Side { get; }

    /// <summary>Only contenders of the same group are compared, the first with each of the others. All are run in turn.</summary>
    string Group => "";

    /// <summary>Everything that is not to be measured.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Works for the load's time, waits until the work is done, and checks that it is.</summary>
    /// <exception cref="WrongOutcomeException">What came out is not what went in; there is no figure then.</exception>
    Task<Outcome> RunAsync(Load load, CancellationToken cancellationToken);
}

/// <summary>How long to work, and the number of the first message; numbers are never used twice in a process.</summary>
internal sealed record Load(TimeSpan Duration, long First);

/// <summary>How much was done in which time.</summary>
internal sealed record Outcome(long Units, TimeSpan Elapsed)
{
    internal double PerSecond => Units / Elapsed.TotalSeconds;

    /// <summary>What else was counted or timed.</summary>
    internal IReadOnlyList<Figure> Figures { get; init; } = [];
}

/// <summary>A figure beside the rate; the name says the unit.</summary>
internal sealed record Figure(string Name, double Value);

/// <summary>A path that is broken must not look fast.</summary>
internal sealed class WrongOutcomeException(string message) : Exception(message);
