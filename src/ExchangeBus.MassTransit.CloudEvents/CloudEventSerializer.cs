using System.Collections.Immutable;
using System.Net.Mime;
using System.Text.Json;
using ExchangeBus.Contracts;
using MassTransit;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>Writes a message as one CloudEvent in structured mode; no MassTransit envelope, no MassTransit headers.</summary>
internal sealed class CloudEventSerializer(CloudEventsOptions options) : IMessageSerializer
{
    internal static readonly ContentType CloudEventContentType = new(CloudEventJson.MediaType);

    public ContentType ContentType => CloudEventContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        context.TryGetPayload(out CloudEventAttributes? attributes);
        var extensions = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var (name, value) in attributes?.Extensions ?? ImmutableDictionary<string, string?>.Empty)
        {
            if (value is not null)
                extensions[name] = new AttributeValue(value);
        }

        return new BytesMessageBody(CloudEventJson.Write(new CloudEvent
        {
            Id = (context.MessageId ??= NewId.NextGuid()).ToString("D"),
            Source = options.Source,
            Type = options.TypeOf(typeof(T)),
            Subject = attributes?.Subject,
            Time = options.TimeProvider.GetUtcNow(),
            DataContentType = "application/json",
            Extensions = extensions.ToImmutable(),
            Data = JsonSerializer.SerializeToUtf8Bytes(context.Message, options.Json),
        }));
    }
}

/// <summary>Sends a consumed event on as it came, byte for byte, when MassTransit forwards, redelivers or parks it.</summary>
internal sealed class UnchangedSerializer(ReadOnlyMemory<byte> body) : IMessageSerializer
{
    public ContentType ContentType => CloudEventSerializer.CloudEventContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(body.ToArray());
}
