namespace ExchangeBus.CloudEvents.Sql;

/// <summary>An evaluation with every step of it.</summary>
/// <param name="Result">The same that <see cref="CesqlExpression.Evaluate"/> gives.</param>
/// <param name="Steps">Each sub-expression, a whole before its parts, in the order of the text.</param>
public sealed record CesqlExplanation(CesqlResult Result, IReadOnlyList<CesqlStep> Steps);

/// <summary>One sub-expression and what became of it.</summary>
/// <param name="Column">Where it begins in the text, in UTF-16 units, from 1.</param>
/// <param name="Length">How many UTF-16 units it has.</param>
/// <param name="Depth">0 for the whole expression, 1 for its parts, and so on.</param>
/// <param name="Text">Its text, without parentheses around it.</param>
/// <param name="Value">Its value; null when it was not evaluated, because what stands left of it had decided.</param>
public sealed record CesqlStep(int Column, int Length, int Depth, string Text, CesqlValue? Value);
