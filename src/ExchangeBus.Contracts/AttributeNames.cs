using System.Text.Json;

namespace ExchangeBus.Contracts;

/// <summary>The names that nearly every event carries, so that reading one allocates no string for them.</summary>
internal static class AttributeNames
{
    private static readonly string[] Known =
    [
        "specversion", "id", "source", "type", "subject", "time", "dataschema", "datacontenttype",
        ExtensionAttributes.PartitionKey, ExtensionAttributes.CorrelationId, ExtensionAttributes.CausationId,
        ExtensionAttributes.TraceParent, ExtensionAttributes.Recipient, ExtensionAttributes.Purpose,
        ExtensionAttributes.Officer, ExtensionAttributes.LegalBasis, ExtensionAttributes.RecordedTime,
        ExtensionAttributes.Sequence, ExtensionAttributes.PreviousSequence, ExtensionAttributes.WithheldFields,
        ExtensionAttributes.ReplayId, ExtensionAttributes.Signature,
    ];

    internal static string Intern(ref Utf8JsonReader reader)
    {
        foreach (var name in Known)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return reader.GetString()!;
    }
}
