using System.Net.Mime;
using System.Runtime.Serialization;
using ExchangeBus.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>Reads one CloudEvent in structured mode. What is not one fails as MassTransit expects of a serializer.</summary>
internal sealed class CloudEventDeserializer(CloudEventsOptions options) : IMessageDeserializer
{
    public ContentType ContentType => CloudEventSerializer.CloudEventContentType;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var bytes = body.GetBytes();
        if (!CloudEventJson.TryRead(bytes, out var cloudEvent, out var builder))
            throw new SerializationException($"The message is not a CloudEvent: {string.Join(" ", builder.Violations.Select(v => $"[{v.Code}] {v.MessageEn}"))}");
        return new CloudEventSerializerContext(options, cloudEvent, bytes, new CloudEventMessageContext(cloudEvent, headers, destinationAddress));
    }

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public void Probe(ProbeContext context) => context.CreateScope("cloudevents").Add("contentType", ContentType.MediaType);
}
