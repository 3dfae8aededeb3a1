using ExchangeBus.Contracts;

namespace ExchangeBus.Signatures;

/// <summary>
/// The publisher's signature of an event, extension attribute <c>signature</c>: a detached JWS over the canonical form (RFC 8785)
/// of the event in the JSON format of CloudEvents, without <c>signature</c> itself and without what the bus adds.
/// </summary>
public static class EventSignature
{
    // partitionkey is added by the bus when the publisher gives none, so nobody could tell later whether it had been signed.
    private static readonly string[] NotSigned =
    [
        ExtensionAttributes.Signature, ExtensionAttributes.PartitionKey, ExtensionAttributes.RecordedTime, ExtensionAttributes.Sequence,
        ExtensionAttributes.PreviousSequence, ExtensionAttributes.WithheldFields, ExtensionAttributes.ReplayId,
    ];

    /// <summary>The bytes that are signed.</summary>
    /// <exception cref="CanonicalJsonException">The event has no canonical form.</exception>
    public static byte[] SignedForm(CloudEvent cloudEvent) =>
        CanonicalJson.Of(CloudEventJson.Write(cloudEvent with { Extensions = cloudEvent.Extensions.RemoveRange(NotSigned) }));

    /// <summary>A copy that carries the key's signature.</summary>
    /// <exception cref="CanonicalJsonException">The event has no canonical form.</exception>
    public static CloudEvent Sign(CloudEvent cloudEvent, SigningKey key) =>
        cloudEvent.With(ExtensionAttributes.Signature, DetachedJws.Sign(SignedForm(cloudEvent), key));

    /// <summary>True when the event carries this key's signature of itself.</summary>
    /// <exception cref="CanonicalJsonException">The event has no canonical form.</exception>
    public static bool Verify(CloudEvent cloudEvent, VerificationKey key) =>
        cloudEvent[ExtensionAttributes.Signature] is { } text && DetachedJws.TryParse(text, out var jws) && jws.Verify(SignedForm(cloudEvent), key);
}
