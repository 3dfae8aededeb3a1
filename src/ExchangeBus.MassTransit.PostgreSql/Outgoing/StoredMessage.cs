using System.Text.Json;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>How the library's own tables keep an outgoing message: everything but the body as one JSON value.</summary>
internal sealed record StoredMessage
{
    public required Guid MessageId { get; init; }
    public required string ContentType { get; init; }
    public required IReadOnlyList<string> MessageTypes { get; init; }
    public required Uri DestinationAddress { get; init; }
    public Guid? SchedulingToken { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public Guid? CorrelationId { get; init; }
    public Guid? ConversationId { get; init; }
    public Guid? InitiatorId { get; init; }
    public Guid? RequestId { get; init; }
    public Uri? SourceAddress { get; init; }
    public Uri? ResponseAddress { get; init; }
    public Uri? FaultAddress { get; init; }
    public string? TraceParent { get; init; }
    public Dictionary<string, JsonElement> Headers { get; init; } = [];
    public Dictionary<string, JsonElement> Properties { get; init; } = [];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Serialize(OutgoingMessage message) => JsonSerializer.Serialize(new StoredMessage
    {
        MessageId = message.MessageId,
        ContentType = message.ContentType,
        MessageTypes = message.MessageTypes,
        DestinationAddress = message.DestinationAddress,
        SchedulingToken = message.SchedulingToken,
        ExpiresAt = message.ExpiresAt,
        CorrelationId = message.CorrelationId,
        ConversationId = message.ConversationId,
        InitiatorId = message.InitiatorId,
        RequestId = message.RequestId,
        SourceAddress = message.SourceAddress,
        ResponseAddress = message.ResponseAddress,
        FaultAddress = message.FaultAddress,
        TraceParent = message.TraceParent,
        Headers = message.Headers.ToDictionary(x => x.Key, x => JsonSerializer.SerializeToElement(x.Value, Json)),
        Properties = message.Properties.ToDictionary(x => x.Key, x => JsonSerializer.SerializeToElement(x.Value, Json)),
    }, Json);

    /// <summary>Reads a row of (id, ordering_key, message, body), leased by this process.</summary>
    public static OutgoingMessage Read(NpgsqlDataReader reader, DateTimeOffset leaseUntil)
    {
        var stored = JsonSerializer.Deserialize<StoredMessage>(reader.GetString(2), Json)!;
        return new OutgoingMessage
        {
            Id = reader.GetGuid(0),
            OrderingKey = reader.IsDBNull(1) ? null : reader.GetString(1),
            Body = reader.GetFieldValue<byte[]>(3),
            LeaseUntil = leaseUntil,
            MessageId = stored.MessageId,
            ContentType = stored.ContentType,
            MessageTypes = stored.MessageTypes,
            DestinationAddress = stored.DestinationAddress,
            SchedulingToken = stored.SchedulingToken,
            ExpiresAt = stored.ExpiresAt,
            CorrelationId = stored.CorrelationId,
            ConversationId = stored.ConversationId,
            InitiatorId = stored.InitiatorId,
            RequestId = stored.RequestId,
            SourceAddress = stored.SourceAddress,
            ResponseAddress = stored.ResponseAddress,
            FaultAddress = stored.FaultAddress,
            TraceParent = stored.TraceParent,
            Headers = stored.Headers.ToDictionary(x => x.Key, x => Value(x.Value)),
            Properties = stored.Properties.ToDictionary(x => x.Key, x => Value(x.Value)),
        };
    }

    private static object Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var integer) ? integer : element.GetDouble(),
        _ => element.GetRawText(),
    };
}
