namespace ExchangeBus.CloudEvents.Sql;

/// <summary>What an evaluation gives: always a value, and the errors on the way to it (CESQL 1.0, section 3.3).</summary>
/// <param name="Value">The value.</param>
/// <param name="Errors">In the order in which they arose; empty when none did.</param>
public readonly record struct CesqlResult(CesqlValue Value, IReadOnlyList<CesqlError> Errors);
