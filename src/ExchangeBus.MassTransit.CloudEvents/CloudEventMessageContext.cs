using ExchangeBus.Contracts;
using MassTransit;
using MassTransit.Metadata;

namespace ExchangeBus.MassTransit.CloudEvents;

/// <summary>What MassTransit asks of a message, answered from the event's attributes.</summary>
internal sealed class CloudEventMessageContext(CloudEvent cloudEvent, Headers headers, Uri? destinationAddress) : MessageContext
{
    /// <summary>Source and id together, so that the inbox knows an event again whoever sends it.</summary>
    public Guid? MessageId { get; } = EventKey.Of(cloudEvent.Source, cloudEvent.Id);

    public Guid? RequestId => null;

    public Guid? CorrelationId => Guid.TryParse(cloudEvent[ExtensionAttributes.CorrelationId], out var id) ? id : null;

    public Guid? ConversationId => null;

    public Guid? InitiatorId => null;

    public DateTime? ExpirationTime => null;

    public Uri? SourceAddress => null;

    public Uri? DestinationAddress => destinationAddress;

    public Uri? ResponseAddress => null;

    public Uri? FaultAddress => null;

    public DateTime? SentTime => cloudEvent.Time?.UtcDateTime;

    public Headers Headers => headers;

    public HostInfo Host => HostMetadataCache.Empty;
}
