namespace ExchangeBus.CloudEvents.Sql;

/// <summary>One error of parsing or evaluation. It never repeats the value of an attribute.</summary>
/// <param name="Kind">The type that the specification gives it.</param>
/// <param name="Code">Stable code: <c>cesql.syntax</c>, <c>cesql.character</c>, <c>cesql.string</c>, <c>cesql.integer</c>, <c>cesql.pattern</c>,
/// <c>cesql.length</c>, <c>cesql.depth</c>, <c>cesql.parts</c>, <c>cesql.math</c>, <c>cesql.cast</c>, <c>cesql.attribute</c>, <c>cesql.function</c>,
/// <c>cesql.argument</c> or <c>cesql.type</c>.</param>
/// <param name="Column">Where the cause begins in the text, in UTF-16 units, from 1.</param>
/// <param name="Length">How many UTF-16 units it has; 0 at the end of the text.</param>
/// <param name="MessageVi">What is wrong, in Vietnamese.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record CesqlError(CesqlErrorKind Kind, string Code, int Column, int Length, string MessageVi, string MessageEn);
