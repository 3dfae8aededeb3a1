using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Intake.Limits;
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
    SystemLimits limits,
    IOptions<IntakeOptions> options,
    IOptions<BrokerOptions> brokerOptions,
    TimeProvider time,
    ILogger<AmqpDoor> logger) : QueueWorker(broker, time, logger)
{
    protected override string Queue => Topology.Intake;

    protected override ushort Prefetch => (ushort)options.Value.Prefetch;

    protected override int MaxBodyBytes => options.Value.MaxEventBytes;

    protected override Task PrepareAsync(IChannel channel, CancellationToken cancellationToken) =>
        Topology.DeclareAsync(channel, brokerOptions.Value.DeliveryLimit, cancellationToken);

    protected override async Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken)
    {
        var known = new List<(Delivered Message, AgencySystem Sender)>(messages.Count);
        foreach (var message in messages)
        {
            if (agencies.FindByBrokerUser(message.UserId) is { } sender)
            {
                known.Add((message, sender));
                continue;
            }

            // Nobody to answer: the message goes to the dead letters, where an operator sees it.
            logger.SenderUnknown();
            await channel.BasicRejectAsync(message.Tag, requeue: false, cancellationToken);
        }

        var answers = await AcceptAsync(known.ConvertAll(k => Read(k.Message, k.Sender)), cancellationToken);
        await Task.WhenAll(known.Select((k, i) => SendReceiptAsync(channel, k.Sender.Agency, k.Message, answers[i].Receipt, cancellationToken)));
        foreach (var (message, _) in known)
            await channel.BasicAckAsync(message.Tag, multiple: false, cancellationToken);
    }

    private async Task<Answer[]> AcceptAsync(List<Candidate> candidates, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await acceptance.AcceptAsync(candidates);
            }
            catch (LogUnavailableException)
            {
                // Kept, not put back: every return to the queue would count towards its delivery limit.
                await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
            }
        }
    }

    internal Candidate Read(Delivered message, AgencySystem sender)
    {
        if (message.Length > options.Value.MaxEventBytes)
            return new Candidate(sender, null, Answer.Rejected(AnswerKind.Invalid, null, null, Problems.TooLargeViolations(options.Value.MaxEventBytes)));
        // Refused with a receipt, not left in the queue: the others' events stand behind it.
        if (limits.Of(sender).Take(1) > TimeSpan.Zero)
            return new Candidate(sender, null, Answer.Rejected(AnswerKind.Limited, null, null, [Problems.TooFastViolation()]));
        return CloudEventJson.TryRead(message.Body, out var read, out var builder)
            ? new Candidate(sender, read)
            : new Candidate(sender, null, Answer.Rejected(AnswerKind.Malformed, builder.Source, builder.Id, builder.Violations));
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
