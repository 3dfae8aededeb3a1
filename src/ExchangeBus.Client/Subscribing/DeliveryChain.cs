namespace ExchangeBus.Client.Subscribing;

/// <summary>What a delivery is to its subscriber.</summary>
internal enum Place
{
    /// <summary>It follows what was received before: handle it.</summary>
    Next,

    /// <summary>It was received before: it only needs to be acknowledged again.</summary>
    Seen,

    /// <summary>Something before it is missing: handling it now would be out of order.</summary>
    AfterGap,
}

/// <summary>
/// Follows the chain of deliveries, each naming the one before it, so that an event is never handled before one that was lost
/// on the way. Where the chain begins only the bus can say: it knows what this subscriber has acknowledged.
/// </summary>
internal sealed class DeliveryChain
{
    private long _received = -1;

    internal Place PlaceOf(long previous, long sequence)
    {
        if (_received < 0)
            return Place.AfterGap;
        if (sequence <= _received)
            return Place.Seen;
        if (previous > _received)
            return Place.AfterGap;
        _received = sequence;
        return Place.Next;
    }

    /// <summary>The bus says that all up to here is acknowledged.</summary>
    internal void ContinueAfter(long acknowledged) => _received = Math.Max(_received, acknowledged);
}
