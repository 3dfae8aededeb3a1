namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Why a delivery has ended; stable, part of the contract.</summary>
internal static class DeadLetterReasons
{
    /// <summary>The subscriber has refused it.</summary>
    internal const string Rejected = "rejected";

    /// <summary>It came back to the queue too often: the subscriber broke off before it was done with it.</summary>
    internal const string DeliveryLimit = "delivery-limit";

    /// <summary>The broker's word as a code.</summary>
    internal static string Of(string ofBroker) => ofBroker switch
    {
        "rejected" => Rejected,
        "delivery_limit" => DeliveryLimit,
        _ => "broker." + new string([.. ofBroker.Where(char.IsAsciiLetterLower).Take(32)]),
    };
}

/// <summary>A delivery that the bus has given up, whichever way it went. The body is not part of it: that stands in the log.</summary>
internal sealed record DeadLetter
{
    internal required string Subscription { get; init; }

    /// <summary>The agency that is told.</summary>
    internal required string Agency { get; init; }

    internal required int Partition { get; init; }

    internal required long Sequence { get; init; }

    /// <summary>The delivery before it; null when it came from outside the chain.</summary>
    internal long? Previous { get; init; }

    internal required string Type { get; init; }

    internal required DateTimeOffset RecordedAt { get; init; }

    /// <summary>One of <see cref="DeadLetterReasons"/>, or another stable code.</summary>
    internal required string Reason { get; init; }

    /// <summary>When the last attempt ended.</summary>
    internal required DateTimeOffset DiedAt { get; init; }

    /// <summary>How often the subscriber had it.</summary>
    internal required int Deliveries { get; init; }

    /// <summary>The delivery's own id, so that one that is told twice counts once; empty on live traffic.</summary>
    internal string Message { get; init; } = "";
}
