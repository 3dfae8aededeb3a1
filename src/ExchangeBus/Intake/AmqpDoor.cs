using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace ExchangeBus.Intake;

/// <summary>
/// :: Step 1 of the walk, over AMQP. Structured CloudEvents in <c>exchangebus.intake</c>; the sender is the broker-checked
/// <c>user_id</c>; the answer goes to <c>receipts.&lt;agency&gt;</c> and only then is the message acknowledged.
/// </summary>
internal sealed class AmqpDoor(
    Broker broker,
    AgencyDirectory agencies,
    Acceptance acceptance,
    IOptions<IntakeOptions> options,
    TimeProvider time,
    ILogger<AmqpDoor> logger) : QueueWorker(broker, time, logger)
{
    protected override string Queue => Topology.Intake;

    protected override ushort Prefetch => (ushort)options.Value.Prefetch;

    protected override async Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(messages.Select(m => AnswerAsync(m, cancellationToken)));
        var receipts = new List<Task>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            if (agencies.FindByBrokerUser(messages[i].UserId) is { } sender)
                receipts.Add(SendReceiptAsync(channel, sender.Agency, messages[i], answers[i]!.Receipt, cancellationToken));
            else
                await channel.BasicRejectAsync(messages[i].Tag, requeue: false, cancellationToken);
        }

        await Task.WhenAll(receipts);
        foreach (var message in messages.Where(m => agencies.FindByBrokerUser(m.UserId) is not null))
            await channel.BasicAckAsync(message.Tag, multiple: false, cancellationToken);
    }

    private async Task<Answer?> AnswerAsync(Delivered message, CancellationToken cancellationToken)
    {
        if (agencies.FindByBrokerUser(message.UserId) is not { } sender)
        {
            // Nobody to answer: the message goes to the dead letters, where an operator sees it.
            logger.SenderUnknown();
            return null;
        }

        if (message.Body.Length > options.Value.MaxEventBytes)
            return Answer.Rejected(AnswerKind.Invalid, null, null, Problems.TooLargeViolations(options.Value.MaxEventBytes));
        if (!CloudEventJson.TryRead(message.Body, out var read, out var builder))
            return Answer.Rejected(AnswerKind.Malformed, builder.Source, builder.Id, builder.Violations);
        while (true)
        {
            try
            {
                return await acceptance.AcceptAsync(read, sender);
            }
            catch (LogUnavailableException)
            {
                // Kept, not put back: every return to the queue would count towards its delivery limit.
                await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
            }
        }
    }

    private static async Task SendReceiptAsync(
        IChannel channel, string agency, Delivered message, Receipt receipt, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            CorrelationId = message.MessageId,
        };
        await channel.BasicPublishAsync("", Topology.ReceiptsOf(agency), mandatory: false, properties, EventData.Write(receipt), cancellationToken);
    }
}
