using System.Text.Json;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ExchangeBus.Delivery;

/// <summary>Takes acknowledgements from <c>exchangebus.acks</c>. An agency can only speak for its own subscriptions.</summary>
internal sealed class AcknowledgementWorker(
    Broker broker, AgencyDirectory agencies, AcknowledgementStore store, TimeProvider time, ILogger<AcknowledgementWorker> logger)
    : QueueWorker(broker, time, logger)
{
    protected override string Queue => Topology.Acknowledgements;

    protected override ushort Prefetch => 200;

    protected override async Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            if (agencies.FindByBrokerUser(message.UserId) is not { } sender || Read(message) is not { } word)
                logger.AcknowledgementRefused(message.UserId);
            else if (await store.TakeAsync(sender.Agency, word, cancellationToken) is null)
                logger.AcknowledgementOfNothing(sender.Agency, word.Sequence);
        }

        await channel.BasicAckAsync(messages[^1].Tag, multiple: true, cancellationToken);
    }

    private static Acknowledgement? Read(Delivered message)
    {
        try
        {
            return EventData.Read<Acknowledgement>(message.Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
