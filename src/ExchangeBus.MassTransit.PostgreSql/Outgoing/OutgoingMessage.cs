using System.Runtime.InteropServices;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>A message that user code sent or published, serialised, waiting for the commit of the state that it belongs to.</summary>
public sealed record OutgoingMessage
{
    /// <summary>Identifies this sending. Unlike <see cref="MessageId"/> it is unique even when one message goes to two destinations.</summary>
    public required Guid Id { get; init; }

    /// <summary>The message id on the wire.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The content type of <see cref="Body"/>.</summary>
    public required string ContentType { get; init; }

    /// <summary>The body exactly as it goes to the wire, produced by the serializer of the endpoint.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The message types it can be consumed as (urn), the most specific first.</summary>
    public required IReadOnlyList<string> MessageTypes { get; init; }

    /// <summary>Where it goes: the address of a queue, or of the exchange of a published type.</summary>
    public required Uri DestinationAddress { get; init; }

    /// <summary>Messages with the same key to the same destination are delivered in the order in which they were committed; null means no order. A saga's messages have its table and correlation id.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>When it may be delivered; null means at once.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Names a scheduled message, so that it can be cancelled; null when it was not scheduled.</summary>
    public Guid? SchedulingToken { get; init; }

    /// <summary>When it loses its meaning; it is not delivered after that. Null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The dossier or saga that it belongs to, if any.</summary>
    public Guid? CorrelationId { get; init; }

    /// <summary>The conversation that it belongs to.</summary>
    public Guid? ConversationId { get; init; }

    /// <summary>The correlation id of the message that caused this one, if any.</summary>
    public Guid? InitiatorId { get; init; }

    /// <summary>The request that it belongs to, if any.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The endpoint that sent it.</summary>
    public Uri? SourceAddress { get; init; }

    /// <summary>Where a response goes, if one is asked for.</summary>
    public Uri? ResponseAddress { get; init; }

    /// <summary>Where a fault goes, if not to the response address.</summary>
    public Uri? FaultAddress { get; init; }

    /// <summary>Transport headers. Values are strings, numbers, booleans or <see cref="DateTime"/>.</summary>
    public IReadOnlyDictionary<string, object> Headers { get; init; } = NoValues;

    /// <summary>Transport properties such as routing key and priority.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = NoValues;

    /// <summary>The W3C trace context of the work that sent it, if that is traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Until when the process that wrote it has the sole right to deliver it; set where the library's own table is used.</summary>
    internal DateTimeOffset LeaseUntil { get; set; }

    /// <summary>The body without a copy, where it is an array of its own.</summary>
    internal byte[] BodyArray() => MemoryMarshal.TryGetArray(Body, out var segment) && segment.Array is { } array && array.Length == segment.Count
        ? array
        : Body.ToArray();

    internal static readonly Dictionary<string, object> NoValues = [];
}
