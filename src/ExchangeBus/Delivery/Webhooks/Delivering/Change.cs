using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Something that is written down about deliveries that fail.</summary>
internal abstract record Change
{
    /// <summary>A delivery begins to wait.</summary>
    internal sealed record Waits(WaitingRow Row) : Change;

    /// <summary>One that waits was tried again in vain.</summary>
    internal sealed record Failed(WaitingRow Row) : Change;

    /// <summary>An attempt that did not deliver, of whatever delivery.</summary>
    internal sealed record Attempted(FailedAttempt Attempt) : Change;

    /// <summary>One that waited was answered.</summary>
    internal sealed record Answered(WaitingRow Row, DateTimeOffset At) : Change;

    /// <summary>One that waited is no longer permitted.</summary>
    internal sealed record TakenBack(WaitingRow Row, RulingKind Kind) : Change;

    /// <summary>One that waited is given up.</summary>
    internal sealed record Died(DeadAttempt Last) : Change;

    /// <summary>Nothing of the key is under way any more: what the database says of it may be believed again once this is written.</summary>
    internal sealed record Released(string Key) : Change;
}
