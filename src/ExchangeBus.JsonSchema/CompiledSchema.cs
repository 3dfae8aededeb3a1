using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema;

/// <summary>A schema ready to check documents. Immutable; safe to use from several threads.</summary>
public sealed class CompiledSchema
{
    [ThreadStatic]
    private static SchemaEvaluation? _idle;

    private readonly SchemaNode _root;
    private readonly JsonSchemaOptions _options;
    private readonly bool _tracksScope;

    internal CompiledSchema(SchemaNode root, JsonSchemaOptions options, bool tracksScope)
    {
        _root = root;
        _options = options;
        _tracksScope = tracksScope;
    }

    /// <summary>Whether the text is JSON and satisfies the schema. Stops at the first reason against it. Allocates nothing once warm, for documents up to 1 MB.</summary>
    /// <param name="utf8Json">The document as UTF-8. Text that is not JSON gives false, never an exception.</param>
    public bool IsValid(ReadOnlySpan<byte> utf8Json)
    {
        var evaluation = Take();
        var holds = JsonTapeReader.Read(evaluation.Tape, utf8Json, _options.MaxDepth).Kind == JsonFaultKind.None
            && DuplicateNames.Next(evaluation.Tape, 0) < 0
            && evaluation.Run(_root, _options, _tracksScope, collect: false);
        Return(evaluation);
        return holds;
    }

    /// <summary>All reasons against the document, up to <see cref="JsonSchemaOptions.MaxViolations"/>; empty if it is valid.</summary>
    /// <param name="utf8Json">The document as UTF-8. Text that is not JSON gives one violation with its byte offset, never an exception.</param>
    public IReadOnlyList<SchemaViolation> Validate(ReadOnlySpan<byte> utf8Json)
    {
        var evaluation = Take();
        var violations = Violations(evaluation, utf8Json);
        Return(evaluation);
        return violations;
    }

    private IReadOnlyList<SchemaViolation> Violations(SchemaEvaluation evaluation, ReadOnlySpan<byte> utf8Json)
    {
        var fault = JsonTapeReader.Read(evaluation.Tape, utf8Json, _options.MaxDepth);
        if (fault.Kind != JsonFaultKind.None) return [ViolationWording.OfFault(fault)];
        if (DuplicateNames.Next(evaluation.Tape, 0) is var repeated and >= 0) return [ViolationWording.OfDuplicate(evaluation.Tape, repeated)];
        if (evaluation.Run(_root, _options, _tracksScope, collect: true)) return [];
        if (evaluation.Exhausted != Limit.None) return [ViolationWording.OfLimit(evaluation.Exhausted, _root.Location)];
        return ViolationWording.OfFailures(evaluation);
    }

    // Taken away while in use, so that a check started inside another gets buffers of its own.
    private static SchemaEvaluation Take()
    {
        var evaluation = _idle ?? new SchemaEvaluation();
        _idle = null;
        return evaluation;
    }

    private static void Return(SchemaEvaluation evaluation)
    {
        evaluation.Release();
        _idle = evaluation;
    }
}
