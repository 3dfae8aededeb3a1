namespace ExchangeBus.Contracts;

/// <summary>The bus's answer to one event: accepted with its place in the log, or every reason why not.</summary>
public sealed record Receipt
{
    /// <summary>Source of the event as sent; absent when it could not be read.</summary>
    public string? Source { get; init; }

    /// <summary>Id of the event as sent; absent when it could not be read.</summary>
    public string? Id { get; init; }

    /// <summary>True when the event is in the log. A repeat of an accepted event is accepted with the first receipt.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Position in the log, greater than zero; absent on a rejection.</summary>
    public long? Sequence { get; init; }

    /// <summary>When the bus accepted the event; absent on a rejection.</summary>
    public DateTimeOffset? RecordedTime { get; init; }

    /// <summary>
    /// SHA-256 of the body as the bus keeps it, lower-case hexadecimal; absent on a rejection. It is the body as sent, except after the
    /// warning <c>text.decomposed</c>: then letters that came apart from their marks are kept composed (Unicode NFC).
    /// </summary>
    public string? DataHash { get; init; }

    /// <summary>True when the same event had been accepted before.</summary>
    public bool Duplicate { get; init; }

    /// <summary>True when the event is not in the log yet and waits for a person to decide; <see cref="Violations"/> says why.</summary>
    public bool Held { get; init; }

    /// <summary>Why the event was rejected or is held; empty when it was accepted.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>What looks wrong about an event that was accepted or is held; empty when nothing does.</summary>
    public IReadOnlyList<Violation> Warnings { get; init; } = [];
}

/// <summary>
/// A subscriber's word to the bus: of its deliveries, all after <paramref name="After"/> up to and including
/// <paramref name="Sequence"/> are done. The bus takes it when it connects with what was acknowledged before;
/// otherwise something was lost on the way, and the bus delivers again from there.
/// </summary>
/// <param name="Subscription">Name of the subscription, <c>agency.name</c>.</param>
/// <param name="Partition">Partition of the subscription, from 0. Default 0.</param>
/// <param name="After">Position of the delivery before the first one done (its <c>previoussequence</c>).</param>
/// <param name="Sequence">Position of the last delivery done.</param>
public sealed record Acknowledgement(string Subscription, int Partition, long After, long Sequence);
