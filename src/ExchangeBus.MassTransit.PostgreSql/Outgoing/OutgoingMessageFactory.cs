using System.Diagnostics;
using MassTransit;
using MassTransit.Context;

namespace ExchangeBus.MassTransit.PostgreSql;

internal sealed class OutgoingMessageFactory(PostgreSqlStorageOptions options, TimeProvider timeProvider)
{
    /// <summary>Serialises inside the send, with the serializer that the endpoint chose; later the endpoint is out of reach.</summary>
    public OutgoingMessage Create<T>(SendContext<T> context, string? orderingKey) where T : class
    {
        var messageId = context.MessageId ?? throw new MessageException(typeof(T), "An outgoing message needs a message id");
        var destination = context.DestinationAddress ?? throw new MessageException(typeof(T), "An outgoing message needs a destination address");
        var now = timeProvider.GetUtcNow();
        var body = context.Serializer.GetMessageBody(context).GetBytes();
        if (body.Length > options.MaxMessageBytes)
            throw new MessageException(typeof(T), $"An outgoing message has {body.Length} bytes; {nameof(options.MaxMessageBytes)} is {options.MaxMessageBytes}");
        return new OutgoingMessage
        {
            // In the order of the index.
            Id = Guid.CreateVersion7(now),
            MessageId = messageId,
            ContentType = (context.ContentType ?? context.Serializer.ContentType).ToString(),
            Body = body,
            MessageTypes = context.SupportedMessageTypes,
            DestinationAddress = destination,
            OrderingKey = orderingKey,
            Due = context.TryGetPayload(out DueTime? due) ? due.At : context.Delay is { } delay ? now + delay : null,
            SchedulingToken = context.ScheduledMessageId,
            ExpiresAt = context.TimeToLive is { } timeToLive ? now + timeToLive : null,
            CorrelationId = context.CorrelationId,
            ConversationId = context.ConversationId,
            InitiatorId = context.InitiatorId,
            RequestId = context.RequestId,
            SourceAddress = context.SourceAddress,
            ResponseAddress = context.ResponseAddress,
            FaultAddress = context.FaultAddress,
            Headers = HeadersOf(context),
            Properties = PropertiesOf(context),
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
    }

    private static Dictionary<string, object> HeadersOf(SendContext context)
    {
        Dictionary<string, object>? headers = null;
        foreach (var (name, value) in context.Headers.GetAll())
            (headers ??= [])[name] = value;
        return headers ?? OutgoingMessage.NoValues;
    }

    private static Dictionary<string, object> PropertiesOf(SendContext context)
    {
        if (context is not TransportSendContext transport)
            return OutgoingMessage.NoValues;
        var properties = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        transport.WritePropertiesTo(properties);
        foreach (var (name, value) in properties)
        {
            // Removal while walking is allowed for a dictionary.
            if (value is null)
                properties.Remove(name);
        }
        return properties;
    }
}

/// <summary>The absolute time at which a scheduled message is due; a delay would depend on two clocks.</summary>
internal sealed record DueTime(DateTimeOffset At);
