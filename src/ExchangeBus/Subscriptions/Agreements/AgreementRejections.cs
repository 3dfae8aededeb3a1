using ExchangeBus.Contracts;

namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>What may be wrong in an agreement or in a step of it.</summary>
internal static class AgreementRejections
{
    internal static Violation Name() => new("/name", "agreement.name",
        "Tên gồm chữ thường a-z, chữ số và dấu gạch nối, dài nhất 60 ký tự, bắt đầu bằng chữ.", "A name has a-z, 0-9 and hyphens, at most 60, and begins with a letter.");

    internal static Violation Purpose() => new("/terms/purpose", "agreement.purpose",
        "Phải nêu mục đích sử dụng dữ liệu, 3 đến 500 ký tự.", "Say what the data is needed for, 3 to 500 characters.");

    internal static Violation NoReleases() => new("/terms/releases", "agreement.releases",
        "Phải có ít nhất một nhóm loại sự kiện với trường được cung cấp.", "At least one group of types with fields is needed.");

    internal static Violation Types(int release, int type) => new($"/terms/releases/{release}/types/{type}", "agreement.types",
        "Không có loại sự kiện nào khớp; xem GET /schemas.", "No event type matches; see GET /schemas.");

    internal static Violation NoOwner(int release, int type, string names) => new($"/terms/releases/{release}/types/{type}", "agreement.noowner",
        $"Chưa có cơ quan chủ quản nào được đăng ký cho loại sự kiện {names}.", $"No agency is registered as the owner of {names}.");

    internal static Violation SeveralOwners(string owners) => new("/terms/releases", "agreement.owners",
        $"Các loại sự kiện thuộc nhiều chủ quản ({owners}); hãy lập mỗi chủ quản một thỏa thuận.", $"The types belong to several owners ({owners}); make an agreement with each.");

    internal static Violation OtherOwner() => new("/terms/releases", "agreement.otherowner",
        "Chủ quản của thỏa thuận không thay đổi được; hãy lập thỏa thuận mới.", "The owner of an agreement cannot change; make a new agreement.");

    internal static Violation Province(int index) => new($"/terms/provinces/{index}", "agreement.province",
        "Hôm nay không có tỉnh nào mang mã này; mã tỉnh gồm 2 chữ số.", "No province has this code today; a code is 2 digits.");

    internal static Violation Validity() => new("/terms/validUntil", "agreement.validity",
        "Ngày cuối không được trước ngày đầu, cũng không được đã qua.", "The last day must not be before the first day, nor in the past.");

    internal static Violation NoBasis() => new("/terms/legalBasis", "agreement.nobasis",
        "Phải nêu căn cứ pháp lý.", "A legal basis is needed.");

    internal static Violation Basis() => new("/terms/legalBasis/document", "agreement.basis",
        "Văn bản không có trong danh mục schemas/legal/basis hoặc không còn hiệu lực vào ngày bắt đầu.", "The document is not in schemas/legal/basis, or not in force on the first day.");

    internal static Violation Unknown() => new("", "agreement.unknown",
        "Cơ quan không có thỏa thuận này.", "The agency has no such agreement.");

    internal static Violation Exists() => new("/name", "agreement.exists",
        "Đã có thỏa thuận với tên này.", "There is an agreement of this name.");

    internal static Violation Step(string from, string to) => new("/state", "agreement.step",
        $"Cơ quan này không thể chuyển thỏa thuận từ {from} sang {to}.", $"This agency cannot move the agreement from {from} to {to}.");

    internal static Violation NoVersion() => new("/version", "agreement.version",
        "Khi phê duyệt phải nêu phiên bản đã đọc.", "To approve, name the version that was read.");

    internal static Violation TooMuch(string pointer, object most) => new(pointer, "agreement.toomuch",
        $"Nhiều nhất {most} mục.", $"At most {most} entries.");

    internal static Violation NotEditable() => new("", "agreement.notyours",
        "Bên nhận chỉ sửa được bản nháp; chủ quản sửa được đến khi thỏa thuận kết thúc.", "The receiver may change a draft only; the owner may change it until it has ended.");

    internal static Violation Configured() => new("", "agreement.configured",
        "Thỏa thuận này do cấu hình của bus quy định.", "This agreement is made by the configuration of the bus.");

    internal static Violation ChangedMeanwhile() => new("", "rules.changed",
        "Đã có người thay đổi trong lúc này; hãy đọc lại.", "Somebody has changed it meanwhile; read it again.");

    internal static Violation Reason() => new("/reason", "rules.reason",
        "Phải nêu lý do, 3 đến 1.000 ký tự, không có dữ liệu cá nhân.", "Say why, 3 to 1,000 characters, without personal data.");

    internal static Violation Malformed(string pointer) => new(pointer, "rules.malformed",
        "Nội dung không phải JSON đúng mẫu: con trỏ chỉ chỗ sai (tên trường hoặc giá trị); xem docs/subscribing.md.", "The body is not JSON of the expected form: the pointer leads to the name or value that is wrong; see docs/subscribing.md.");

    internal static IEnumerable<Violation> All =>
    [
        Name(), Purpose(), NoReleases(), Types(0, 0), NoOwner(0, 0, "…"), SeveralOwners("…"), OtherOwner(), Province(0), Validity(), NoBasis(), Basis(), Unknown(), Exists(), Step("…", "…"),
        NoVersion(), TooMuch("", "…"), NotEditable(), Configured(), ChangedMeanwhile(), Reason(), Malformed(""),
    ];

    internal static int StatusOf(string code) => code switch
    {
        "agreement.unknown" => 404,
        "agreement.exists" or "agreement.step" or "agreement.configured" or "rules.changed" => 409,
        "agreement.notyours" => 403,
        "rules.malformed" => 400,
        _ => 422,
    };

    internal static string SourceOf(string code) => code switch
    {
        "agreement.nobasis" or "agreement.basis" => "Circular 13/2017/TT-BTTTT; schemas/legal/basis",
        "agreement.types" => "schemas/",
        "agreement.province" => "schemas/code-lists",
        _ => "docs/subscribing.md",
    };
}
