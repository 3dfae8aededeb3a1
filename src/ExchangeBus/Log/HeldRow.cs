using ExchangeBus.Contracts;

namespace ExchangeBus.Log;

/// <summary>An event as the queue of people keeps it.</summary>
internal sealed record HeldRow(
    long Position, Guid Key, short Lane, long OrderKey, string Source, string Id, byte[] DataHash, byte[] Envelope, byte[] Data, bool HasReasons)
{
    /// <summary>The event as it came.</summary>
    internal NewEvent ToNewEvent(Func<CloudEvent, IReadOnlyList<BusinessKey>> businessKeysOf)
    {
        var cloudEvent = CloudEventJson.Read(WithData());
        return new NewEvent
        {
            Event = cloudEvent,
            Key = Key,
            DataHash = DataHash,
            Envelope = Envelope,
            Place = new OrderPlace(Lane, OrderKey),
            BusinessKeys = businessKeysOf(cloudEvent),
        };
    }

    private byte[] WithData() => [.. Envelope.AsSpan(0, Envelope.Length - 1), .. ",\"data\":"u8, .. Data, (byte)'}'];
}
