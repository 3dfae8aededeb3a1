namespace ExchangeBus.Log;

/// <summary>What became of an event that was handed to the log.</summary>
/// <param name="Kind">In the log, there already, or kept apart.</param>
/// <param name="Sequence">Position, greater than zero; 0 when it is held.</param>
/// <param name="RecordedAt">When it was accepted, the first time when it is a duplicate.</param>
internal sealed record Appended(AppendedKind Kind, long Sequence, DateTimeOffset RecordedAt)
{
    /// <summary>Hash of the body that is kept: of a repeat, which may be written differently, the first one's. Empty when nothing is kept.</summary>
    internal byte[] DataHash { get; init; } = [];

    /// <summary>JSON pointers of what differs from the event that has the same source and id; empty when nothing does.</summary>
    internal IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>By which rule it looks like an earlier event of another id; null when it does not.</summary>
    internal string? LooksLikeEarlierBy { get; init; }
}

internal enum AppendedKind
{
    /// <summary>New in the log.</summary>
    Added,

    /// <summary>Source and id stood in the log already.</summary>
    Duplicate,

    /// <summary>Kept apart until a person decides, on it or on one before it.</summary>
    Held,
}

/// <summary>The database refuses this event for good; sending it again does not help.</summary>
public sealed class NotStorableException(string sqlState, Exception inner) : Exception($"The event cannot be stored (SQLSTATE {sqlState}).", inner);

/// <summary>The log cannot take events now. Nothing was accepted, or it is not known; the same event may be sent again.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
