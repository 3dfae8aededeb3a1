using System.Buffers;
using System.Text;
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

    /// <summary>Written by hand: it is done for each message, and most of the values are absent.</summary>
    public static string Serialize(OutgoingMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("messageId"u8, message.MessageId);
            json.WriteString("contentType"u8, message.ContentType);
            json.WriteStartArray("messageTypes"u8);
            foreach (var type in message.MessageTypes)
                json.WriteStringValue(type);
            json.WriteEndArray();
            json.WriteString("destinationAddress"u8, message.DestinationAddress.ToString());
            Write(json, "schedulingToken"u8, message.SchedulingToken);
            if (message.ExpiresAt is { } expiresAt)
                json.WriteString("expiresAt"u8, expiresAt);
            Write(json, "correlationId"u8, message.CorrelationId);
            Write(json, "conversationId"u8, message.ConversationId);
            Write(json, "initiatorId"u8, message.InitiatorId);
            Write(json, "requestId"u8, message.RequestId);
            Write(json, "sourceAddress"u8, message.SourceAddress?.ToString());
            Write(json, "responseAddress"u8, message.ResponseAddress?.ToString());
            Write(json, "faultAddress"u8, message.FaultAddress?.ToString());
            Write(json, "traceParent"u8, message.TraceParent);
            Write(json, "headers"u8, message.Headers);
            Write(json, "properties"u8, message.Properties);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Guid? value)
    {
        if (value is not null)
            json.WriteString(name, value.Value);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyDictionary<string, object> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            if (value is string text)
                json.WriteStringValue(text);
            else
                JsonSerializer.Serialize(json, value, Json);
        }
        json.WriteEndObject();
    }

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
