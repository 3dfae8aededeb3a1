using ExchangeBus.CloudEvents.Sql;
using ExchangeBus.Contracts;

namespace ExchangeBus.Subscriptions;

/// <summary>What may be wrong in a subscription or in a step of it.</summary>
internal static class SubscriptionRejections
{
    internal static Violation Name() => new("/name", "subscription.name",
        "Tên gồm chữ thường a-z, chữ số và dấu gạch nối, dài nhất 60 ký tự, bắt đầu bằng chữ.", "A name has a-z, 0-9 and hyphens, at most 60, and begins with a letter.");

    internal static Violation NoTypes() => new("/terms/types", "subscription.notypes",
        "Phải có từ 1 đến 100 loại sự kiện.", "From 1 to 100 event types are needed.");

    internal static Violation Type(int index) => new($"/terms/types/{index}", "subscription.type",
        "Không có loại sự kiện nào khớp; xem GET /schemas.", "No event type matches; see GET /schemas.");

    internal static Violation NotAgreed(int index) => new($"/terms/types/{index}", "subscription.notagreed",
        "Không có thỏa thuận nào trong danh sách cho phép loại này.", "None of the agreements covers this type.");

    internal static Violation Agreement(int index) => new($"/terms/agreements/{index}", "subscription.agreement",
        "Cơ quan không có thỏa thuận này, hoặc thỏa thuận dành cho hệ thống khác, hoặc đã kết thúc.", "The agency has no such agreement, or it is for another of its systems, or it has ended.");

    internal static Violation NoAgreements() => new("/terms/agreements", "subscription.noagreements",
        "Phải dựa trên 1 đến 20 thỏa thuận.", "From 1 to 20 agreements are needed to rest on.");

    internal static Violation Filter(CesqlError error) => Filter(error.Column, error.Code, error.MessageVi, error.MessageEn);

    internal static Violation Filter(int column, string code, string vi, string en) => new("/terms/filter", "subscription.filter",
        $"Cột {column}: {vi} ({code})", $"Column {column}: {en} ({code})");

    /// <summary>A warning: agencies may have attributes of their own.</summary>
    internal static Violation Attribute(int column, string name, string? nearest) => new("/terms/filter", "subscription.attribute",
        $"Cột {column}: bus không biết thuộc tính {name}; sự kiện không có nó thì bộ lọc coi như không khớp.{(nearest is null ? "" : $" Có phải là {nearest}?")}",
        $"Column {column}: the bus knows no attribute {name}; to the filter it is absent in every event to which no publisher adds it.{(nearest is null ? "" : $" Is {nearest} meant?")}")
    {
        Severity = Severity.Warning,
    };

    internal static Violation Province(int index) => new($"/terms/provinces/{index}", "subscription.province",
        "Hôm nay không có tỉnh nào mang mã này; mã tỉnh gồm 2 chữ số.", "No province has this code today; a code is 2 digits.");

    internal static Violation Expires() => new("/terms/expiresAt", "subscription.expires",
        "Thời điểm kết thúc phải ở tương lai.", "The end must lie in the future.");

    internal static Violation Partitions() => new("/partitions", "subscription.partitions",
        "Số phân vùng từ 1 đến 32 cho hàng đợi; các cách khác chỉ có 1.", "1 to 32 partitions for a queue; other ways have one.");

    internal static Violation Days() => new("/days", "subscription.days",
        "Số ngày từ 1 đến 90.", "1 to 90 days.");

    internal static Violation Unknown() => new("", "subscription.unknown",
        "Cơ quan không có đăng ký này.", "The agency has no such subscription.");

    internal static Violation Exists() => new("/name", "subscription.exists",
        "Đã có đăng ký với tên này.", "There is a subscription of this name.");

    internal static Violation Configured() => new("", "subscription.configured",
        "Đăng ký này do cấu hình của bus quy định; chỉ có thể tạm dừng và chạy tiếp.", "This subscription is made by the configuration of the bus; it can be paused and resumed only.");

    internal static Violation Ended() => new("/state", "subscription.ended",
        "Đăng ký đã kết thúc; hãy tạo đăng ký mới.", "The subscription has ended; make a new one.");

    internal static IEnumerable<Violation> All =>
    [
        Name(), NoTypes(), Type(0), NotAgreed(0), Agreement(0), NoAgreements(), Filter(0, "cesql.…", "…", "…"), Attribute(0, "…", "…"), Province(0), Expires(), Partitions(), Days(), Unknown(), Exists(), Configured(), Ended(),
    ];

    internal static int StatusOf(string code) => code switch
    {
        "subscription.attribute" => 201,
        "subscription.unknown" => 404,
        "subscription.exists" or "subscription.configured" or "subscription.ended" => 409,
        _ => 422,
    };

    internal static string SourceOf(string code) => code switch
    {
        "subscription.filter" or "subscription.attribute" => "CloudEvents SQL 1.0",
        "subscription.type" => "schemas/",
        "subscription.province" => "schemas/code-lists",
        _ => "docs/subscribing.md",
    };
}
