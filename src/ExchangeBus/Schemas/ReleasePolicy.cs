using ExchangeBus.JsonSchema;
using ExchangeBus.JsonSchema.Compatibility;

namespace ExchangeBus.Schemas;

/// <summary>
/// What may follow a released version under the same major (docs/decisions/0011): whatever was valid stays valid, and a subscriber that knows the
/// old version meets nothing new but additional fields, which it must ignore; and no classification is lowered.
/// </summary>
internal static class ReleasePolicy
{
    /// <summary>How a stranger's schema is read: small bounds, so that none takes long.</summary>
    internal static JsonSchemaOptions Careful { get; } = new()
    {
        AssertFormats = true,
        MaxDepth = 64,
        MaxEvaluationSteps = 100_000,
        MaxPatternWork = 300_000,
        MaxViolations = 20,
        PatternTimeout = TimeSpan.FromMilliseconds(20),
    };

    internal static JsonSchemaOptions Own { get; } = new() { AssertFormats = true };

    internal static ReleaseComparison Compare(
        SchemaCatalogue catalogue, SchemaDocument old, SchemaDocument @new, CompatibilityMode mode, bool isCandidate, CancellationToken cancellationToken)
    {
        var before = catalogue.Registry(Own);
        var after = isCandidate ? catalogue.Registry(Careful, @new) : before;
        var bounds = isCandidate ? new CompatibilityOptions { MaxSteps = 10_000, MaxTrials = 3_000, MaxPatternStates = 50_000, MaxFindings = 50 } : null;
        var report = SchemaComparison.Compare(before, old.Address, after, @new.Address, mode, bounds, cancellationToken);
        return new ReleaseComparison(report, Classifications.Lowered(catalogue, old, @new, cancellationToken));
    }

    /// <summary>What the policy has against it; an additional field is no reason.</summary>
    internal static IEnumerable<CompatibilityFinding> Objections(CompatibilityReport report) =>
        report.Findings.Where(finding => finding.Direction == CompatibilityMode.Backward || !IsAdditionalField(finding));

    private static bool IsAdditionalField(CompatibilityFinding finding) =>
        finding is { IsProved: true, Keyword: "false" } && finding.OldLocation.EndsWith("/additionalProperties", StringComparison.Ordinal);
}

/// <summary>A comparison with what is the bus's own rule and not JSON Schema's.</summary>
internal sealed record ReleaseComparison(CompatibilityReport Report, IReadOnlyList<LoweredClassification> Lowered);
