namespace ExchangeBus.JsonSchema;

/// <summary>How schemas are read and how far a check may go. The defaults suit schemas and documents of strangers.</summary>
public sealed record JsonSchemaOptions
{
    /// <summary>
    /// Whether <c>format</c> refuses a value. Default false, as the specification has it (2020-12 validation, section 7.2.1).
    /// A dialect with the format-assertion vocabulary asserts in any case.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>Default <see cref="UnknownKeywords.Refuse"/>. With it, and formats asserted, an unknown format name is refused too.</summary>
    public UnknownKeywords UnknownKeywords { get; init; } = UnknownKeywords.Refuse;

    /// <summary>Keywords accepted as annotations by their full name. Default none.</summary>
    public IReadOnlyCollection<string> AnnotationKeywords { get; init; } = [];

    /// <summary>Keywords accepted as annotations by how they begin. Default <c>x-</c>.</summary>
    public IReadOnlyCollection<string> AnnotationPrefixes { get; init; } = ["x-"];

    /// <summary>Levels of arrays and objects in a document or schema. Default 128; deeper is the violation <c>json.depth</c>.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Subschemas applied inside one another. Default 2048; deeper is the violation <c>limit.evaluation-depth</c>.</summary>
    public int MaxEvaluationDepth { get; init; } = 2048;

    /// <summary>
    /// Subschemas applied in one check. Default 20,000,000, about a second; more is the violation <c>limit.evaluation-steps</c>.
    /// It bounds schemas whose work doubles with each level.
    /// </summary>
    public long MaxEvaluationSteps { get; init; } = 20_000_000;

    /// <summary>
    /// States looked at while one pattern is made an automaton, at load. Default 20,000,000, about a second; a pattern that needs more is matched
    /// by other means. Less suits schemas of strangers that are loaded while they wait.
    /// </summary>
    public long MaxPatternWork { get; init; } = 20_000_000;

    /// <summary>Violations reported of one document. Default 1000; the rest is left out.</summary>
    public int MaxViolations { get; init; } = 1000;

    /// <summary>
    /// Time for one match of a pattern with a lookaround or backreference, which cannot be run in linear time.
    /// Default 100 ms; more is the violation <c>limit.pattern-time</c>. All other patterns are linear in the text.
    /// </summary>
    public TimeSpan PatternTimeout { get; init; } = TimeSpan.FromMilliseconds(100);
}
