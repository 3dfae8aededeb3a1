using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace ExchangeBus.Intake.Review;

/// <summary>
/// Tells publishers what became of their held events: a receipt in <c>receipts.&lt;agency&gt;</c>, whose <c>correlation_id</c> is the event's id. Sent once, after
/// the decision is on disk; whoever misses it asks <c>GET /receipts/{id}</c>.
/// </summary>
internal sealed class DecidedReceipts(Broker broker, ILogger<DecidedReceipts> logger)
{
    internal static Receipt Of(DecidedEvent decided) => decided.Place is { } place
        ? new Receipt
        {
            Source = decided.Source,
            Id = decided.Id,
            Accepted = true,
            Sequence = place.Sequence,
            RecordedTime = place.RecordedAt,
            DataHash = Convert.ToHexStringLower(decided.DataHash),
        }
        : new Receipt { Source = decided.Source, Id = decided.Id, Accepted = false, Violations = [Rejections.RefusedByPerson()] };

    internal async Task SendAsync(IReadOnlyList<DecidedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await broker.OpenChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellationToken);
            foreach (var decided in events)
            {
                var properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent, CorrelationId = decided.Id };
                await channel.BasicPublishAsync("", Topology.ReceiptsOf(AgencyOf(decided.Source)), mandatory: false, properties, EventData.Write(Of(decided)), cancellationToken);
            }
        }
        catch (Exception e) when (QueueWorker.IsTransient(e))
        {
            logger.DecisionNotTold(e);
        }
    }

    // urn:exchangebus:agency:<agency>:<system>
    private static string AgencyOf(string source) => source.Split(':')[3];
}
