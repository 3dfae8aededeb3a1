namespace ExchangeBus.MassTransit.RabbitMq;

/// <summary>Arguments of RabbitMQ queues that lose nothing, on brokers 3.10 to 4.x.</summary>
public static class SafeQueues
{
    /// <summary>
    /// A replicated queue that parks what it cannot hand over. On 4.x a queue without delivery limit drops a message at the 21st delivery, and on 3.10 the limit -1
    /// drops it at the first return to the queue; so the limit is always given, and always with a place where the message goes. The dead letters are kept until that place
    /// has confirmed them (at-least-once), which needs a full queue to refuse publishers instead of dropping its head.
    /// </summary>
    /// <example>
    /// <code>
    /// foreach (var (name, value) in SafeQueues.Arguments("bus.deadletter"))
    ///     rabbit.SetQueueArgument(name, value);
    /// </code>
    /// </example>
    /// <param name="deadLetterExchange">The exchange for what was delivered too often or has expired. It must exist and lead to a queue.</param>
    /// <param name="deliveryLimit">After how many returns to the queue a message is parked: a crash of the consumer counts, an exception that MassTransit handles does not. Default 20, at least 1.</param>
    /// <param name="replicas">How many nodes have the queue; at most the size of the cluster. Default: the broker's choice.</param>
    /// <exception cref="ArgumentException"><paramref name="deadLetterExchange"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static IReadOnlyDictionary<string, object> Arguments(string deadLetterExchange, int deliveryLimit = 20, int? replicas = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(deadLetterExchange);
        ArgumentOutOfRangeException.ThrowIfLessThan(deliveryLimit, 1);
        if (replicas is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(replicas));
        var arguments = new Dictionary<string, object>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = deliveryLimit,
            ["x-dead-letter-exchange"] = deadLetterExchange,
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        };
        if (replicas is not null)
            arguments["x-quorum-initial-group-size"] = replicas.Value;
        return arguments;
    }
}
