namespace ExchangeBus.CloudEvents.Sql;

/// <summary>Bounds for an expression that a stranger sends. A value outside its range counts as the nearest in it.</summary>
public sealed record CesqlOptions
{
    /// <summary>The defaults.</summary>
    public static CesqlOptions Default { get; } = new();

    /// <summary>Longest text, in UTF-16 units. Default 4,096; 1 to 65,536.</summary>
    public int MaxLength
    {
        get;
        init => field = Math.Clamp(value, 1, 65_536);
    } = 4_096;

    /// <summary>How deep parentheses, functions and prefix operators may nest. Default 64; 1 to 256.</summary>
    public int MaxDepth
    {
        get;
        init => field = Math.Clamp(value, 1, 256);
    } = 64;

    /// <summary>How many sub-expressions there may be, which also bounds the work of one evaluation. Default 512; 1 to 2,048.</summary>
    public int MaxParts
    {
        get;
        init => field = Math.Clamp(value, 1, 2_048);
    } = 512;
}
