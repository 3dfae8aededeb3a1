namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>A bound that ends a check before its answer is known. The document is refused.</summary>
internal enum Limit
{
    None,
    Depth,
    Steps,
    PatternTime,
}
