namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>How far a comparison may go. What is beyond is not decided, and never taken for compatible.</summary>
public sealed record CompatibilityOptions
{
    /// <summary>Pairs of schemas looked at in each direction. Default 50,000.</summary>
    public int MaxSteps { get; init; } = 50_000;

    /// <summary>Levels of fields inside one another. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>States visited in each direction when patterns are compared. Default 400,000.</summary>
    public int MaxPatternStates { get; init; } = 400_000;

    /// <summary>Documents tried in each direction in search of examples. Default 20,000. With fewer, changes are found all the same, with fewer examples.</summary>
    public int MaxTrials { get; init; } = 20_000;

    /// <summary>Changes reported. Default 100; the rest is left out.</summary>
    public int MaxFindings { get; init; } = 100;
}
