using System.Collections.Concurrent;
using System.Net.Mime;
using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Sends a stored message to its destination with its body untouched.</summary>
internal sealed class OutgoingMessageSender(IServiceProvider provider, TimeProvider timeProvider)
{
    /// <summary>False when the message has expired: then it is not sent.</summary>
    public async Task<bool> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (message.ExpiresAt <= now)
            return false;
        // In the sweep nobody's trace is current; the message belongs to that of its sender.
        using var activity = System.Diagnostics.Activity.Current is null ? StorageTelemetry.StartSend(message) : null;
        // Resolved late: the bus is built with services that lead here.
        var endpoint = await provider.GetRequiredService<IBus>().GetSendEndpoint(message.DestinationAddress);
        await endpoint.Send(new SerializedMessageBody(), new Envelope(message, now), cancellationToken);
        return true;
    }

    private sealed class Envelope(OutgoingMessage message, DateTimeOffset now) : IPipe<SendContext>
    {
        public Task Send(SendContext context)
        {
            context.MessageId = message.MessageId;
            context.RequestId = message.RequestId;
            context.CorrelationId = message.CorrelationId;
            context.ConversationId = message.ConversationId;
            context.InitiatorId = message.InitiatorId;
            context.SourceAddress = message.SourceAddress;
            context.ResponseAddress = message.ResponseAddress;
            context.FaultAddress = message.FaultAddress;
            context.SupportedMessageTypes = message.MessageTypes as string[] ?? [.. message.MessageTypes];
            context.TimeToLive = message.ExpiresAt - now;
            foreach (var (name, value) in message.Headers)
                context.Headers.Set(name, value);
            if (message.Properties.Count > 0 && context is TransportSendContext transport)
                transport.ReadPropertiesFrom(message.Properties);
            context.Serializer = new StoredBody(message);
            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    // There are as many as serializers.
    private static readonly ConcurrentDictionary<string, ContentType> ContentTypes = new();

    private sealed class StoredBody(OutgoingMessage message) : IMessageSerializer
    {
        public ContentType ContentType { get; } = ContentTypes.GetOrAdd(message.ContentType, x => new ContentType(x));

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class => new BytesMessageBody(message.BodyArray());
    }
}
