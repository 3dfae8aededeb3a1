using System.Globalization;
using ExchangeBus.Contracts;
using ExchangeBus.Platform;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Takes what the broker has put aside: events that a subscriber could not handle, and messages that nobody could read.</summary>
internal sealed class DeadLetterWorker(
    Broker broker, DeliveryRules rules, DeadLetterStore letters, StrayMessages strays, IOptions<BrokerOptions> brokerOptions, TimeProvider time, ILogger<DeadLetterWorker> logger)
    : QueueWorker(broker, time, logger)
{
    protected override string Queue => Topology.DeadLetters;

    // Few, because a single one may be as long as the longest event that an operator has allowed.
    protected override ushort Prefetch => 20;

    protected override int MaxBodyBytes => 17 * 1024 * 1024;

    protected override Task PrepareAsync(IChannel channel, CancellationToken cancellationToken) =>
        Topology.DeclareAsync(channel, brokerOptions.Value.DeliveryLimit, cancellationToken);

    protected override async Task HandleAsync(IReadOnlyList<Delivered> messages, IChannel channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await KeepAsync(messages, cancellationToken);
                break;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                // Kept, not put back: every return to the queue would count towards its delivery limit.
                logger.DeadLettersWait(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
            }
        }

        // Only now: whatever happens before, they come again.
        await channel.BasicAckAsync(messages[^1].Tag, multiple: true, cancellationToken);
    }

    private async Task KeepAsync(IReadOnlyList<Delivered> messages, CancellationToken cancellationToken)
    {
        // A subscription that was made a moment ago.
        await rules.RefreshAsync(cancellationToken);
        var queues = rules.Current.Subscriptions.Values.Select(s => s.Subscription)
            .SelectMany(s => Enumerable.Range(0, s.Partitions).Select(partition => (Queue: s.QueueOf(partition), Subscription: s, Partition: partition)))
            .ToDictionary(q => q.Queue, q => (q.Subscription, q.Partition), StringComparer.Ordinal);
        var (dead, stray) = (new List<DeadLetter>(), new List<StrayMessage>());
        foreach (var message in messages)
        {
            if (message.Death is { } death && queues.TryGetValue(death.Queue, out var from) && Read(message, death, from.Subscription, from.Partition) is { } letter)
                dead.Add(letter);
            else
                stray.Add(StrayOf(message));
        }

        if (dead.Count > 0)
        {
            foreach (var letter in await letters.KeepAsync(dead, cancellationToken))
                logger.DeadLetterKept(letter.Sequence, letter.Subscription, letter.Reason);
        }

        if (stray.Count == 0)
            return;
        await strays.KeepAsync(stray, cancellationToken);
        foreach (var message in stray)
            logger.StrayKept(message.Size, message.Queue, message.Reason);
    }

    /// <summary>Null for a message that the bus itself has not put into the queue.</summary>
    private DeadLetter? Read(Delivered message, Death death, Subscription subscription, int partition)
    {
        if (!CloudEventJson.TryRead(message.Body, out var read, out _)
            || !TryNumber(read[ExtensionAttributes.Sequence], out var sequence) || sequence < 1
            || !DateTimeOffset.TryParse(read[ExtensionAttributes.RecordedTime], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var recordedAt))
        {
            return null;
        }

        var reason = DeadLetterReasons.Of(death.Reason);
        return new DeadLetter
        {
            Subscription = subscription.Name,
            Agency = subscription.Agency,
            Partition = partition,
            Sequence = sequence,
            Previous = TryNumber(read[ExtensionAttributes.PreviousSequence], out var previous) ? previous : null,
            Type = read.Type,
            RecordedAt = recordedAt,
            Reason = reason,
            DiedAt = death.At ?? Time.GetUtcNow(),
            // The limit is one of returns; the subscriber had it once more.
            Deliveries = 1 + (int)(death.Returns ?? (reason == DeadLetterReasons.DeliveryLimit ? brokerOptions.Value.DeliveryLimit : 0)),
            Message = message.MessageId ?? "",
        };
    }

    private static StrayMessage StrayOf(Delivered message) => new(
        Printable(message.Death?.Queue ?? ""), message.Death is { } death ? DeadLetterReasons.Of(death.Reason) : "broker.unknown", message.Length, message.Body);

    // The name of a queue is the broker's, and short; whatever else it were must not break a row or a line of the log.
    private static string Printable(string queue) => new([.. queue.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(255)]);

    private static bool TryNumber(string? text, out long number) => long.TryParse(text, CultureInfo.InvariantCulture, out number);
}
