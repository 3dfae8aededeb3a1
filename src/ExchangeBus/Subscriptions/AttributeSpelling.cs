using ExchangeBus.Contracts;

namespace ExchangeBus.Subscriptions;

/// <summary>The attributes that the bus knows, and which of them somebody may have meant.</summary>
internal static class AttributeSpelling
{
    // More letters than these, and it is another word.
    private const int MostWrong = 2;

    private static readonly string[] Known =
    [
        "specversion", "id", "source", "type", "subject", "time", "dataschema", "datacontenttype", ExtensionAttributes.RecordedTime, ExtensionAttributes.Sequence,
        ExtensionAttributes.Recipient, ExtensionAttributes.PartitionKey, ExtensionAttributes.CorrelationId, ExtensionAttributes.CausationId, ExtensionAttributes.TraceParent,
        ExtensionAttributes.Purpose, ExtensionAttributes.Officer, ExtensionAttributes.LegalBasis, ExtensionAttributes.Signature,
    ];

    internal static bool IsKnown(string name) => Known.Contains(name);

    /// <summary>The known name that is most like it; null when none is.</summary>
    internal static string? NearestTo(string name) =>
        Known.Select(k => (Name: k, Wrong: Distance(name, k))).Where(k => k.Wrong <= MostWrong && k.Wrong < name.Length - 1).OrderBy(k => k.Wrong).Select(k => k.Name).FirstOrDefault();

    /// <summary>How many letters must be added, dropped or replaced (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (before, diagonal) = (row[0] = i, i - 1);
            for (var j = 1; j <= b.Length; j++)
            {
                before = Math.Min(Math.Min(before, row[j]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], before);
            }
        }

        return row[^1];
    }
}
