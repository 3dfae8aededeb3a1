using System.Net.Mime;
using MassTransit;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>
/// Makes MassTransit speak plain <c>application/cloudevents+json</c>, so that the other side needs an AMQP client and nothing else:
/// <c>endpoint.ClearSerialization(); endpoint.UseCloudEvents(options);</c>
/// </summary>
public sealed class CloudEventSerializerFactory(CloudEventsOptions options) : ISerializerFactory
{
    /// <inheritdoc/>
    public ContentType ContentType => CloudEventSerializer.CloudEventContentType;

    /// <inheritdoc/>
    public IMessageSerializer CreateSerializer() => new CloudEventSerializer(options);

    /// <inheritdoc/>
    public IMessageDeserializer CreateDeserializer() => new CloudEventDeserializer(options);
}

/// <summary>Registration on a bus or on one receive endpoint.</summary>
public static class CloudEventsConfigurationExtensions
{
    /// <summary>Reads and writes CloudEvents on every endpoint of the bus.</summary>
    public static void UseCloudEvents(this IBusFactoryConfigurator configurator, CloudEventsOptions options)
    {
        var factory = new CloudEventSerializerFactory(options);
        configurator.AddSerializer(factory);
        configurator.AddDeserializer(factory, isDefault: true);
    }

    /// <summary>Reads and writes CloudEvents on one receive endpoint.</summary>
    public static void UseCloudEvents(this IReceiveEndpointConfigurator configurator, CloudEventsOptions options)
    {
        var factory = new CloudEventSerializerFactory(options);
        configurator.AddSerializer(factory);
        configurator.AddDeserializer(factory, isDefault: true);
    }
}
