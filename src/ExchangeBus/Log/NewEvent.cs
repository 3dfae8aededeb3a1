using System.Security.Cryptography;
using ExchangeBus.Contracts;

namespace ExchangeBus.Log;

/// <summary>A checked event on its way into the log.</summary>
internal sealed record NewEvent
{
    internal required CloudEvent Event { get; init; }

    /// <summary>The idempotency key as one small index entry.</summary>
    internal required Guid Key { get; init; }

    internal required byte[] DataHash { get; init; }

    /// <summary>The attributes as the log keeps them, as a JSON object. What the bus itself says of the event is written at delivery.</summary>
    internal required byte[] Envelope { get; init; }

    internal required OrderPlace Place { get; init; }

    internal short Lane => Place.Lane;

    /// <summary>Why a person must decide first, as JSON without personal data; null when nothing stands against it.</summary>
    internal string? HeldBecause { get; init; }

    /// <summary>What it is about in the world; the strongest first. Empty for most types.</summary>
    internal IReadOnlyList<BusinessKey> BusinessKeys { get; init; } = [];

    /// <summary>What an edge received in another format, kept byte for byte; null when the event came as it is.</summary>
    internal OriginalMessage? Original { get; init; }

    /// <summary>
    /// Events of all publishers share a place in the order only by a key that the bus computes itself: of the subject, or at an edge of what the
    /// message is about. Another key orders the events of its own source alone, so that nobody can put events before those of others, or hold
    /// them back, by a key that was guessed or read in a delivery. An answer that repeats subject and key of what it answers stays in its order;
    /// so does all that a procedure says of a dossier, because it gives no key.
    /// </summary>
    internal static NewEvent From(CloudEvent cloudEvent, OrderKeys orderKeys, OriginalMessage? original = null)
    {
        var given = cloudEvent[ExtensionAttributes.PartitionKey];
        var ofEdge = original is null ? null : given;
        var computed = ofEdge ?? orderKeys.KeyOf(cloudEvent.Subject ?? $"{cloudEvent.Source}\n{cloudEvent.Id}");
        // No key of the bus has a line break, so the two kinds never meet.
        var place = orderKeys.PlaceOf(given is null || given == computed ? computed : $"{cloudEvent.Source}\n{given}");
        if (given is null)
            cloudEvent = cloudEvent.With(ExtensionAttributes.PartitionKey, computed);

        // Its own copy: a slice of a request would keep all of the request in memory as long as the tail of the log holds it.
        cloudEvent = cloudEvent with { Data = cloudEvent.Data.ToArray() };
        return new NewEvent
        {
            Event = cloudEvent,
            Key = EventKey.Of(cloudEvent.Source, cloudEvent.Id),
            DataHash = SHA256.HashData(cloudEvent.Data.Span),
            Envelope = CloudEventJson.WriteEnvelope(cloudEvent),
            Place = place,
            Original = original,
        };
    }
}

/// <summary>One way to say what an event is about in the world.</summary>
/// <param name="Key">Keyed hash of type and values.</param>
/// <param name="Rule">The pointers that the values come from, for people to read.</param>
internal sealed record BusinessKey(Guid Key, string Rule);

/// <summary>The bytes an edge received.</summary>
/// <param name="Id">The beginning of the ids of all events that were made of it.</param>
/// <param name="MediaType">What the bytes are.</param>
/// <param name="Body">As they came.</param>
internal sealed record OriginalMessage(string Id, string MediaType, byte[] Body);
