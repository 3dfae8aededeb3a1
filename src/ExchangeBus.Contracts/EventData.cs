using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExchangeBus.Contracts;

/// <summary>How the records of this project stand in an event's body: camelCase names, absent instead of null, Vietnamese unescaped.</summary>
public static class EventData
{
    /// <summary>The options with every record of this project known ahead, so that no reflection happens at run time.</summary>
    public static JsonSerializerOptions Json { get; } = new(ContractJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a record as the body of an event.</summary>
    public static byte[] Write<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, Json);

    /// <summary>Reads the body of an event.</summary>
    /// <exception cref="JsonException">The body is not a <typeparamref name="T"/>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize<T>(data, Json) ?? throw new JsonException($"The body is null where {typeof(T).Name} is expected.");
}
