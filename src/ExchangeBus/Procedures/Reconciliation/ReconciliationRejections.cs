using ExchangeBus.Contracts;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>Why a comparison or the close of a gap is not possible.</summary>
internal static class ReconciliationRejections
{
    internal static Violation UnknownGap() => new("", "reconciliation.gap",
        "Không có chênh lệch này.", "There is no such gap.");

    internal static Violation Closed() => new("", "reconciliation.closed",
        "Chênh lệch đã được đóng.", "The gap is closed already.");

    internal static Violation Elsewhere() => new("", "reconciliation.agency",
        "Chỉ cơ quan phải thực hiện, cơ quan hộ tịch, bộ phận một cửa hoặc quản trị viên được đóng chênh lệch này.",
        "Only the agency that owes it, the civil-status agency, the one-stop agency or an administrator closes this gap.");

    internal static Violation Behind() => new("", "reconciliation.behind",
        "Nhật ký chưa được đọc hết để đối soát; hãy thử lại sau.", "The log has not been read far enough to compare; try again later.");

    internal static IEnumerable<Violation> All => [UnknownGap(), Closed(), Elsewhere(), Behind()];

    internal static int StatusOf(string code) => code switch
    {
        "reconciliation.gap" => 404,
        "reconciliation.agency" => 403,
        _ => 409,
    };

    internal static string SourceOf(string code) => "docs/for-operators.md";
}
