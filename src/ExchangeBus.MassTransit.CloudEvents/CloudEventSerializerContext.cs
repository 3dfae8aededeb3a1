using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ExchangeBus.Contracts;
using MassTransit;
using MassTransit.Serialization;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>One consumed event: its body becomes the class that its type stands for, and no other.</summary>
internal sealed class CloudEventSerializerContext(CloudEventsOptions options, CloudEvent cloudEvent, ReadOnlyMemory<byte> body, MessageContext messageContext)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, messageContext, MessageTypesOf(options.ClassOf(cloudEvent.Type)))
{
    private object? _message;

    internal CloudEvent Event => cloudEvent;

    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message)
        where T : class
    {
        message = TryGetMessage(typeof(T), out var found) ? (T)found : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = options.ClassOf(cloudEvent.Type) == messageType
            ? _message ??= JsonSerializer.Deserialize(cloudEvent.Data.Span, messageType, options.Json)
            : null;
        return message is not null;
    }

    public override IMessageSerializer GetMessageSerializer() => new UnchangedSerializer(body);

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => new UnchangedSerializer(body);

    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => new UnchangedSerializer(body);

    public override Dictionary<string, object> ToDictionary<T>(T? message)
        where T : class => message is null
            ? []
            : JsonSerializer.SerializeToElement(message, options.Json).Deserialize<Dictionary<string, object>>()!;

    private static string[] MessageTypesOf(Type? messageClass) => messageClass is null ? [] : [MessageUrn.ForTypeString(messageClass)];
}
