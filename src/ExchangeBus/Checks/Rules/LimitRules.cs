using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>Bounds of a body and of an answer; the numbers are set in <see cref="ChecksOptions"/>.</summary>
internal static class LimitRules
{
    private const string Configured = "configuration section Checks";

    internal static readonly Rule Text = new("limit.text", Severity.Error, "every text", Configured,
        "Văn bản dài quá {0} ký tự.", "The text is longer than {0} characters.");

    internal static readonly Rule Items = new("limit.items", Severity.Error, "every array", Configured,
        "Mảng có quá {0} phần tử.", "The array has more than {0} items.");

    internal static readonly Rule Depth = new("limit.depth", Severity.Error, "the body", Configured,
        "Nội dung lồng sâu quá {0} tầng.", "The body is nested deeper than {0} levels.");

    internal static readonly Rule Violations = new("limit.violations", Severity.Warning, "the answer", Configured,
        "Còn lý do khác; chỉ nêu {0} lý do đầu.", "There is more; only the first {0} reasons are listed.");

    internal static readonly Rule[] Rules = [Text, Items, Depth, Violations];

    internal static IEnumerable<Violation> All => Rules.Select(rule => rule.At("/data/…", "n"));
}
