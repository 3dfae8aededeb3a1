namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>One reason why two schemas are not, or not provably, compatible.</summary>
/// <param name="Direction"><see cref="CompatibilityMode.Backward"/> or <see cref="CompatibilityMode.Forward"/>, never both.</param>
/// <param name="IsProved">Whether <paramref name="Example"/> proves it: valid under one schema and refused by the other. If not, the comparison could not prove the opposite.</param>
/// <param name="Keyword">The keyword that refuses, such as <c>required</c>.</param>
/// <param name="InstancePointer">Where in a document, as a JSON pointer (RFC 6901); empty for the document itself.</param>
/// <param name="OldLocation">Absolute location in the old schema.</param>
/// <param name="NewLocation">Absolute location in the new schema.</param>
/// <param name="MessageVi">For people, in Vietnamese.</param>
/// <param name="MessageEn">For people, in English.</param>
/// <param name="Example">A whole document as JSON, accepted by one schema and refused by the other as both have been asked; null when none could be built.</param>
public sealed record CompatibilityFinding(
    CompatibilityMode Direction,
    bool IsProved,
    string Keyword,
    string InstancePointer,
    string OldLocation,
    string NewLocation,
    string MessageVi,
    string MessageEn,
    string? Example);
