using ExchangeBus.Contracts;

namespace ExchangeBus.Log;

/// <summary>An accepted event with its place in the log. What is cut or wrapped for a subscriber starts from these bytes.</summary>
internal sealed record LoggedEvent
{
    internal required long Sequence { get; init; }

    internal required short Lane { get; init; }

    internal required string Type { get; init; }

    internal string? Recipient { get; init; }

    /// <summary>When it was accepted, by the database's clock; never earlier than the event before it.</summary>
    internal required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The attributes as a JSON object, without those that the bus writes at delivery.</summary>
    internal required byte[] Envelope { get; init; }

    /// <summary>The body as JSON; empty when there is none.</summary>
    internal required ReadOnlyMemory<byte> Data { get; init; }

    internal int Size => Envelope.Length + Data.Length;

    internal static LoggedEvent From(NewEvent accepted, long sequence, DateTimeOffset recordedAt) => new()
    {
        Sequence = sequence,
        Lane = accepted.Lane,
        Type = accepted.Event.Type,
        Recipient = accepted.Event[ExtensionAttributes.Recipient],
        RecordedAt = recordedAt,
        Envelope = accepted.Envelope,
        Data = accepted.Event.Data,
    };
}
