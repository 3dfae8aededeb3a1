namespace ExchangeBus.Log;

/// <summary>Where an event stands in the log.</summary>
/// <param name="Sequence">Position, greater than zero.</param>
/// <param name="RecordedAt">When it was accepted; the first time when it is a duplicate.</param>
/// <param name="Duplicate">True when (source, id) stood in the log already.</param>
/// <param name="SameData">False when it stood there with another body.</param>
internal sealed record Appended(long Sequence, DateTimeOffset RecordedAt, bool Duplicate, bool SameData)
{
    internal byte[] DataHash { get; init; } = [];
}

/// <summary>The database refuses this event for good; sending it again does not help.</summary>
public sealed class NotStorableException(string sqlState, Exception inner) : Exception($"The event cannot be stored (SQLSTATE {sqlState}).", inner);

/// <summary>The log cannot take events now. Nothing was accepted, or it is not known; the same event may be sent again.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
