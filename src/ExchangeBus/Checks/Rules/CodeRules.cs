using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>Codes that must stand in a list on the event's date.</summary>
internal static class CodeRules
{
    internal static readonly Rule Unit = new("unit.unmapped", Severity.Hold, "administrativeUnit, commune, event's date", "Decision 124/2004/QĐ-TTg; Decision 19/2025/QĐ-TTg",
        "Mã đơn vị hành chính không có trong danh mục vào ngày của sự kiện. {0}", "The administrative unit is not in the list of the event's date. {0}");

    internal static readonly Rule UnitLevel = new("unit.level", Severity.Error, "commune", "Decision 124/2004/QĐ-TTg; Decision 19/2025/QĐ-TTg",
        "Mã này không phải của một xã, phường hoặc đặc khu.", "The code is not that of a commune.");

    internal static readonly Rule Unknown = new("code.unknown", Severity.Error, "ethnicity, countryCode and every field with x-code-list, event's date", "schemas/code-lists/lists.json",
        "Mã không có trong danh mục '{0}' vào ngày của sự kiện.", "The code is not in the list '{0}' on the event's date.");

    internal static readonly Rule[] Rules = [Unit, UnitLevel, Unknown];

    internal static IEnumerable<Violation> All => Rules.Select(rule => rule.At("/data/…", "…"));
}
