namespace ExchangeBus.Client.Subscribing;

/// <summary>Decides on each delivery as it comes: handle it, acknowledge it again, or leave it because something before it is missing.</summary>
internal sealed class Arrival(DeliveryChain chain, GapReporter gaps, DeliveryRanges ranges)
{
    internal async Task<bool> IsToBeHandledAsync(
        string subscription, int partition, ulong tag, long? before, long sequence, CancellationToken cancellationToken)
    {
        if (before is not { } previous)
        {
            // A redrive or a replay: it says nothing about what comes in between.
            ranges.ReceivedApart(tag);
            return true;
        }

        var place = chain.PlaceOf(previous, sequence);
        if (place == Place.AfterGap && await gaps.AskAsync(subscription, partition, previous, cancellationToken) is { } answer)
        {
            chain.ContinueAfter(answer.Acknowledged);
            place = chain.PlaceOf(previous, sequence);
        }

        if (place == Place.AfterGap)
        {
            ranges.Dropped(tag);
            return false;
        }

        ranges.Received(tag, previous, sequence);
        if (place == Place.Seen)
            ranges.Done(tag);
        return place == Place.Next;
    }
}
