namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>What a comparison has come to.</summary>
public enum CompatibilityVerdict
{
    /// <summary>Proved for every document there can be.</summary>
    Compatible,

    /// <summary>There is a document, shown as example, that one schema accepts and the other refuses.</summary>
    Incompatible,

    /// <summary>Neither was proved; each place that stood in the way is named.</summary>
    NotDecided,
}

/// <summary>The answer to whether one schema may follow another.</summary>
/// <param name="Mode">What was asked.</param>
/// <param name="Findings">Every reason against it; empty exactly when it is proved.</param>
public sealed record CompatibilityReport(CompatibilityMode Mode, IReadOnlyList<CompatibilityFinding> Findings)
{
    /// <summary>The findings in one word.</summary>
    public CompatibilityVerdict Verdict =>
        Findings.Count == 0 ? CompatibilityVerdict.Compatible
        : Findings.Any(finding => finding.IsProved) ? CompatibilityVerdict.Incompatible
        : CompatibilityVerdict.NotDecided;
}
