using ExchangeBus.Contracts;
using ExchangeBus.Signatures;

namespace ExchangeBus.Agencies;

/// <summary>
/// Has the sending system signed the event itself? A signature that is there must be right, asked for or not; it is kept with the
/// event, and the key's row stays, so that both can be shown later.
/// </summary>
internal sealed class EventSignatureCheck(AgencyDirectory directory, TimeProvider time)
{
    /// <summary>What is wrong with the signature; null when nothing is.</summary>
    internal Violation? Check(CloudEvent cloudEvent, AgencySystem sender)
    {
        if (cloudEvent[ExtensionAttributes.Signature] is not { } text)
            return sender.MustSign(cloudEvent.Type) ? SignatureRefusals.Required() : null;
        if (!DetachedJws.TryParse(text, out var signature))
            return SignatureRefusals.Malformed();
        if (directory.FindKey(sender.Source, signature.KeyId) is not { } key)
            return SignatureRefusals.KeyUnknown();
        var now = time.GetUtcNow();
        if (now >= key.ValidUntil)
            return SignatureRefusals.KeyExpired();
        if (now < key.ValidFrom)
            return SignatureRefusals.KeyNotYetValid();
        if (!string.Equals(signature.Algorithm, key.Key!.Algorithm, StringComparison.Ordinal))
            return SignatureRefusals.Algorithm();
        try
        {
            return signature.Verify(EventSignature.SignedForm(cloudEvent), key.Key) ? null : SignatureRefusals.Wrong();
        }
        catch (CanonicalJsonException)
        {
            return SignatureRefusals.NotCanonical();
        }
    }
}
