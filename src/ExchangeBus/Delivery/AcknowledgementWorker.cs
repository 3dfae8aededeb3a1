using System.Text.Json;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.Delivery;

/// <summary>Takes acknowledgements from <c>exchangebus.acks</c>. An agency can only speak for its own subscriptions.</summary>
internal sealed class AcknowledgementWorker(
    Broker broker, AgencyDirectory agencies, AcknowledgementStore store, IOptions<BrokerOptions> brokerOptions, TimeProvider time, ILogger<AcknowledgementWorker> logger)
    : QueueWorker(broker, time, logger)
{
    protected override string Queue => Topology.Acknowledgements;

    protected override ushort Prefetch => 200;

    // A subscription's name and three numbers. What is longer is kept empty, and that is no acknowledgement.
    protected override int MaxBodyBytes => 4 * 1024;

    protected override Task PrepareAsync(IChannel channel, CancellationToken cancellationToken) =>
        Topology.DeclareAsync(channel, brokerOptions.Value.DeliveryLimit, cancellationToken);

    protected override async Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            if (agencies.FindByBrokerUser(message.UserId) is not { } sender || Read(message) is not { } word || !store.MaySpeak(sender, word.Subscription))
                logger.AcknowledgementRefused(message.UserId);
            else if (await TakeAsync(sender.Agency, word, cancellationToken) is null)
                logger.AcknowledgementOfNothing(sender.Agency, word.Sequence);
        }

        await channel.BasicAckAsync(messages[^1].Tag, multiple: true, cancellationToken);
    }

    private async Task<bool?> TakeAsync(string agency, Acknowledgement word, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.TakeAsync(agency, word, cancellationToken);
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                // Kept, not put back: every return to the queue would count towards its delivery limit.
                logger.AcknowledgementsWait(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
            }
        }
    }

    internal static bool IsSound(Acknowledgement word) =>
        word is { Subscription.Length: <= 128, Partition: >= 0 and < 32, After: >= 0 } && word.Sequence >= word.After && !word.Subscription.Contains('\0', StringComparison.Ordinal);

    private static Acknowledgement? Read(Delivered message)
    {
        try
        {
            var word = EventData.Read<Acknowledgement>(message.Body);
            return IsSound(word) ? word : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
