using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>
/// Compares two schemas by the documents they accept. It is sound: "compatible" is said only when every document that the
/// one accepts is accepted by the other. What it cannot prove, and every keyword it does not follow, is reported.
/// Titles, descriptions and other annotations have no part in it.
/// </summary>
public static class SchemaComparison
{
    /// <summary>Compares. The registries must not be added to meanwhile; they may be the same one.</summary>
    /// <param name="oldRegistry">Holds the old schema and what it refers to.</param>
    /// <param name="oldSchema">Identifier of the old schema.</param>
    /// <param name="newRegistry">Holds the new schema and what it refers to.</param>
    /// <param name="newSchema">Identifier of the new schema.</param>
    /// <param name="mode">What is asked.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    /// <exception cref="SchemaLoadException">One of the schemas cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static CompatibilityReport Compare(
        SchemaRegistry oldRegistry, Uri oldSchema, SchemaRegistry newRegistry, Uri newSchema,
        CompatibilityMode mode, CompatibilityOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CompatibilityOptions();
        var before = new SchemaSide(oldRegistry, oldSchema, 0);
        var after = new SchemaSide(newRegistry, newSchema, 1);
        var findings = new List<CompatibilityFinding>();
        if (mode != CompatibilityMode.Forward) findings.AddRange(Direction(before, after, CompatibilityMode.Backward, options, cancellationToken));
        if (mode != CompatibilityMode.Backward) findings.AddRange(Direction(after, before, CompatibilityMode.Forward, options, cancellationToken));
        return new CompatibilityReport(mode, [.. findings.Take(options.MaxFindings)]);
    }

    private static IEnumerable<CompatibilityFinding> Direction(
        SchemaSide narrow, SchemaSide wide, CompatibilityMode direction, CompatibilityOptions options, CancellationToken cancellationToken)
    {
        var failures = narrow.IsDynamic || wide.IsDynamic
            ? [Failure.Undecided("$dynamicRef", narrow.Root.Location, wide.Root.Location, FindingWording.Dynamic)]
            : new Prover(new Comparison(options, cancellationToken)).Prove(Facts.Of([narrow.Root]), wide.Root);
        return failures.Select(failure => Finding(failure, narrow.Root, wide.Root, direction))
            .DistinctBy(finding => (finding.InstancePointer, finding.Keyword, finding.OldLocation, finding.NewLocation));
    }

    private static CompatibilityFinding Finding(Failure failure, SchemaAt narrow, SchemaAt wide, CompatibilityMode direction)
    {
        // Asked once more, of the whole schemas, so that no example is shown that is not one.
        var example = failure.Examples.FirstOrDefault(json => narrow.IsValid(json) && !wide.IsValid(json));
        var isBackward = direction == CompatibilityMode.Backward;
        var pointer = string.Concat(failure.Path.Select(step => "/" + InstancePointer.Escape(step)));
        return new CompatibilityFinding(
            direction, example is not null, failure.Keyword, pointer,
            isBackward ? failure.Narrow : failure.Wide, isBackward ? failure.Wide : failure.Narrow,
            FindingWording.Vi(failure, pointer, isBackward, example is not null), FindingWording.En(failure, pointer, isBackward, example is not null), example);
    }
}
