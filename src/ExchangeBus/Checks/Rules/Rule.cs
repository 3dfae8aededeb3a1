using System.Globalization;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>A rule that a schema cannot say.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Severity">What follows when it is broken.</param>
/// <param name="Fields">The fields it reads: definitions of <c>schemas/definitions</c> and parts in words.</param>
/// <param name="Source">Document and article.</param>
/// <param name="Vi">The text in Vietnamese; <c>{0}</c>, <c>{1}</c> are filled in.</param>
/// <param name="En">The text in English.</param>
internal sealed record Rule(string Code, Severity Severity, string Fields, string Source, string Vi, string En)
{
    internal Violation At(string pointer) => new(pointer, Code, Vi, En) { Severity = Severity };

    internal Violation At(string pointer, params object[] parts) =>
        new(pointer, Code, Fill(Vi, parts), Fill(En, parts)) { Severity = Severity };

    /// <summary>For parts that differ between the languages.</summary>
    internal Violation At(string pointer, string partVi, string partEn) =>
        new(pointer, Code, Fill(Vi, [partVi]), Fill(En, [partEn])) { Severity = Severity };

    private static string Fill(string text, object[] parts) => string.Format(CultureInfo.InvariantCulture, text, parts);
}
