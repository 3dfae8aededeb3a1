using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExchangeBus.Contracts;

/// <summary>The JSON format of CloudEvents 1.0, structured mode (<c>application/cloudevents+json</c>).</summary>
public static class CloudEventJson
{
    /// <summary>Media type of one event.</summary>
    public const string MediaType = "application/cloudevents+json";

    /// <summary>Media type of a JSON array of events.</summary>
    public const string BatchMediaType = "application/cloudevents-batch+json";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Reads one event. The event's data is a slice of <paramref name="utf8"/>, which must stay as it is.</summary>
    /// <param name="utf8">The event as sent; nesting is bounded to 64 levels.</param>
    /// <param name="read">The event when the answer is true.</param>
    /// <param name="builder">What could be read, and every violation.</param>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out CloudEvent? read, out CloudEventBuilder builder)
    {
        builder = new CloudEventBuilder();
        read = null;
        try
        {
            var reader = new Utf8JsonReader(utf8.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                builder.Refuse(EnvelopeViolations.NotAnObject());
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                ReadAttribute(ref reader, utf8, builder);
            while (reader.Read())
            {
                // Reads to the end, so that text after the event is malformed JSON and not silently left alone.
            }
        }
        catch (JsonException e)
        {
            builder.Refuse(EnvelopeViolations.Malformed(e));
            return false;
        }
        catch (InvalidOperationException)
        {
            // GetString on text that is not valid UTF-8 or has a lone surrogate.
            builder.Refuse(EnvelopeViolations.Malformed(null));
            return false;
        }

        read = builder.Build();
        return read is not null;
    }

    /// <summary>Reads one event that the bus itself has written.</summary>
    /// <exception cref="JsonException">The text is not an event.</exception>
    public static CloudEvent Read(ReadOnlyMemory<byte> utf8) =>
        TryRead(utf8, out var read, out var builder) ? read : throw new JsonException(builder.Violations[0].MessageEn);

    /// <summary>Writes one event.</summary>
    public static byte[] Write(CloudEvent cloudEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + cloudEvent.Data.Length);
        Write(cloudEvent, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one event into a buffer.</summary>
    public static void Write(CloudEvent cloudEvent, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        WriteAttributes(cloudEvent, writer);
        if (!cloudEvent.Data.IsEmpty)
        {
            writer.WritePropertyName("data"u8);
            writer.WriteRawValue(cloudEvent.Data.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the attributes alone, as an object without data.</summary>
    public static byte[] WriteEnvelope(CloudEvent cloudEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            WriteAttributes(cloudEvent, writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteAttributes(CloudEvent cloudEvent, Utf8JsonWriter writer)
    {
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, cloudEvent.Id);
        writer.WriteString("source"u8, cloudEvent.Source);
        writer.WriteString("type"u8, cloudEvent.Type);
        WriteOptional(writer, "subject"u8, cloudEvent.Subject);
        WriteOptional(writer, "time"u8, cloudEvent.TimeText);
        WriteOptional(writer, "dataschema"u8, cloudEvent.DataSchema);
        WriteOptional(writer, "datacontenttype"u8, cloudEvent.DataContentType);
        foreach (var (name, value) in cloudEvent.Extensions)
        {
            writer.WritePropertyName(name);
            if (value.IsBare)
                writer.WriteRawValue(value.Text, skipInputValidation: true);
            else
                writer.WriteStringValue(value.Text);
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void ReadAttribute(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, CloudEventBuilder builder)
    {
        if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!builder.Data.IsEmpty)
                builder.Refuse(EnvelopeViolations.Repeated("data"));
            builder.Data = utf8[start..(int)reader.BytesConsumed];
            return;
        }

        var name = AttributeNames.Intern(ref reader);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                // JSON format, section 2.2: a null is the same as an absent attribute.
                return;
            case JsonTokenType.String when name == "data_base64":
                builder.Refuse(EnvelopeViolations.Base64());
                return;
            case JsonTokenType.String:
                builder.Add(name, new AttributeValue(reader.GetString()!));
                return;
            case JsonTokenType.True or JsonTokenType.False:
                builder.Add(name, new AttributeValue(reader.TokenType == JsonTokenType.True ? "true" : "false", IsBare: true));
                return;
            case JsonTokenType.Number when reader.TryGetInt32(out var number):
                builder.Add(name, new AttributeValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture), IsBare: true));
                return;
            default:
                builder.Refuse(EnvelopeViolations.BadValue(EnvelopeRules.IsName(name) ? name : ""));
                reader.Skip();
                return;
        }
    }
}
