using RabbitMQ.Client;

namespace ExchangeBus.Platform;

/// <summary>Names and arguments of the bus's own exchanges and queues.</summary>
internal static class Topology
{
    internal const string Intake = "exchangebus.intake";
    internal const string Acknowledgements = "exchangebus.acks";
    internal const string DeadLetters = "exchangebus.deadletters";
    internal const string Unroutable = "exchangebus.unroutable";

    internal const int MaxReceipts = 100_000;
    internal const long MaxReceiptBytes = 128L * 1024 * 1024;
    internal const int MaxDeadLetters = 100_000;
    internal const long MaxDeadLetterBytes = 256L * 1024 * 1024;

    // People who look at a dead letter put it back each time, and RabbitMQ 4 would drop it after 20 looks if nothing were said.
    private const int LooksOfPeople = 1_000_000;

    internal static string ReceiptsOf(string agency) => $"receipts.{agency}";

    internal static string QueueOf(string subscription, int partition, int partitions) =>
        partitions == 1 ? $"sub.{subscription}" : $"sub.{subscription}.{partition}";

    /// <summary>
    /// Quorum, bounded redelivery, dead letters kept until they are confirmed elsewhere. The same on RabbitMQ 3.10 and 4.x:
    /// an absent limit is unlimited on one and 20 on the other, and -1 loses the message on 3.10.
    /// </summary>
    internal static Dictionary<string, object?> QuorumArguments(int deliveryLimit, bool singleActiveConsumer = false)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = deliveryLimit,
            ["x-dead-letter-exchange"] = DeadLetters,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        };
        if (singleActiveConsumer)
            arguments["x-single-active-consumer"] = true;
        return arguments;
    }

    /// <summary>
    /// A queue that keeps the newest, and from which nothing is lost that is not elsewhere: a receipt can be asked for again, a dead letter of a
    /// subscription stands in the log, and one of a door was never accepted. Were it full and refusing instead, the queue that dead-letters
    /// would have to keep everything. Without a dead-letter exchange: what it drops must not fill another queue.
    /// </summary>
    internal static Dictionary<string, object?> NewestArguments(int deliveryLimit, int messages, long bytes) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = deliveryLimit,
        ["x-max-length"] = messages,
        ["x-max-length-bytes"] = bytes,
        ["x-overflow"] = "drop-head",
    };

    internal static Task<QueueDeclareOk> DeclareReceiptsAsync(IChannel channel, string agency, int deliveryLimit, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(ReceiptsOf(agency), durable: true, exclusive: false, autoDelete: false,
            NewestArguments(deliveryLimit, MaxReceipts, MaxReceiptBytes), cancellationToken: cancellationToken);

    internal static async Task DeclareAsync(IChannel channel, int deliveryLimit, CancellationToken cancellationToken)
    {
        await DeclareSinkAsync(channel, DeadLetters, cancellationToken);
        await DeclareUnroutableAsync(channel, cancellationToken);
        foreach (var name in (string[])[Intake, Acknowledgements])
        {
            await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false,
                new Dictionary<string, object?> { ["alternate-exchange"] = Unroutable }, cancellationToken: cancellationToken);
            await DeclareQueueAsync(channel, name, deliveryLimit, false, cancellationToken);
            await channel.QueueBindAsync(name, name, "", cancellationToken: cancellationToken);
        }
    }

    /// <summary>Where the broker puts what no queue took; the answer says how many messages lie there.</summary>
    internal static Task<QueueDeclareOk> DeclareUnroutableAsync(IChannel channel, CancellationToken cancellationToken) => DeclareSinkAsync(channel, Unroutable, cancellationToken);

    internal static Task<QueueDeclareOk> DeclareQueueAsync(
        IChannel channel, string name, int deliveryLimit, bool singleActiveConsumer, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
            QuorumArguments(deliveryLimit, singleActiveConsumer), cancellationToken: cancellationToken);

    private static async Task<QueueDeclareOk> DeclareSinkAsync(IChannel channel, string name, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        var declared = await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false,
            NewestArguments(LooksOfPeople, MaxDeadLetters, MaxDeadLetterBytes), cancellationToken: cancellationToken);
        await channel.QueueBindAsync(name, name, "", cancellationToken: cancellationToken);
        return declared;
    }
}
