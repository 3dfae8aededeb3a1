using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.Contracts;

/// <summary>Finds the converter of a <see cref="Stated{T}"/> without reflection: every <c>T</c> of this project stands here.</summary>
internal sealed class StatedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Stated<>);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(Stated<string>) ? new StatedConverter<string>()
        : typeToConvert == typeof(Stated<Place>) ? new StatedConverter<Place>()
        : typeToConvert == typeof(Stated<Marriage>) ? new StatedConverter<Marriage>()
        : typeToConvert == typeof(Stated<Adult>) ? new StatedConverter<Adult>()
        : typeToConvert == typeof(Stated<PersonName>) ? new StatedConverter<PersonName>()
        : typeToConvert == typeof(Stated<DeathPlace>) ? new StatedConverter<DeathPlace>()
        : typeToConvert == typeof(Stated<DeathCause>) ? new StatedConverter<DeathCause>()
        : typeToConvert == typeof(Stated<BankAccount>) ? new StatedConverter<BankAccount>()
        : typeToConvert == typeof(Stated<NoticeMother>) ? new StatedConverter<NoticeMother>()
        : throw new NotSupportedException($"{typeToConvert} has no converter yet.");
}

/// <summary>A value as it is, a state as <c>{ "state": "unknown" }</c> or <c>{ "state": "none" }</c>.</summary>
internal sealed class StatedConverter<T> : JsonConverter<Stated<T>>
    where T : class
{
    private const string Unknown = "unknown", None = "none";

    public override Stated<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (IsState(reader))
            return ReadState(ref reader);
        return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }

    public override void Write(Utf8JsonWriter writer, Stated<T> value, JsonSerializerOptions options)
    {
        if (value.Value is { } present)
        {
            JsonSerializer.Serialize(writer, present, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("state"u8, value.State == FieldState.None ? None : Unknown);
        writer.WriteEndObject();
    }

    /// <summary>Looks ahead in a copy of the reader.</summary>
    private static bool IsState(Utf8JsonReader ahead) =>
        ahead.TokenType == JsonTokenType.StartObject && ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName && ahead.ValueTextEquals("state"u8);

    private static Stated<T> ReadState(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Read();
        var state = reader.TokenType != JsonTokenType.String ? null
            : reader.ValueTextEquals("unknown"u8) ? Stated.Unknown<T>()
            : reader.ValueTextEquals("none"u8) ? Stated.None<T>()
            : null;
        return state is not null && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? state
            : throw new JsonException("A state is an object with the one member 'state', which is 'unknown' or 'none'.");
    }
}
