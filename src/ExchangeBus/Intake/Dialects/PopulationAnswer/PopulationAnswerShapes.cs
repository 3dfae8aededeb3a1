using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.PopulationAnswer;

/// <summary>
/// What a CongDan holds in the answers of the population database: elements of QCVN 109:2017, but addresses in three codes, dates as
/// yyyyMMdd beside the year, bare codes, and names of relatives as one text.
/// </summary>
internal static class PopulationAnswerShapes
{
    private const int MaxName = 100, MaxDetail = 500, MaxBookNumber = 50;

    // Ho and ChuDem come empty and the whole name stands in Ten; it is not known where to cut it, so nothing is cut.
    private static readonly XmlGroup Name = new(
    [
        new("Ho", "family", Leaf(CitizenValues.Text(MaxName))),
        new("ChuDem", "middle", Leaf(CitizenValues.Text(MaxName))),
        new("Ten", "given", Leaf(CitizenValues.Text(MaxName))),
    ], [["Ten"]]);

    private static readonly XmlReshaped FlatName = new(Leaf(CitizenValues.Text(MaxName)),
        text => new JsonObject { ["given"] = text.DeepClone() },
        name => name["family"] is null && name["middle"] is null ? name["given"]?.DeepClone() : null,
        [], "họ và tên", "a name");

    private static readonly XmlReshaped BirthDate = new(new XmlGroup(
    [
        new("Nam", "year", Leaf(CitizenValues.Year)),
        new("NgayThangNam", "day", Leaf(CitizenValues.CompactDate)),
    ], []), DateOf, PartsOf, [], "NgayThangNam dạng yyyyMMdd và Nam của cùng một năm", "NgayThangNam as yyyyMMdd and Nam of the same year");

    private static readonly XmlReshaped Address = new(new XmlGroup(
    [
        new("MaTinhThanh", "province", Leaf(CitizenValues.Province)),
        new("MaQuanHuyen", "district", Leaf(CitizenValues.District)),
        new("MaPhuongXa", "commune", Leaf(CitizenValues.Commune)),
        new("ChiTiet", "detail", Leaf(CitizenValues.Text(MaxDetail))),
        new("QuocGia", "country", Leaf(CitizenValues.Country)),
    ], []), SplitAddress.ToCanonical, SplitAddress.FromCanonical, [], "địa chỉ", "an address");

    private static readonly XmlReshaped Ethnicity = new(Leaf(CitizenValues.Ethnicity),
        code => new JsonObject { ["code"] = code.DeepClone() }, ethnicity => ethnicity["code"]?.DeepClone(), ["name"], "mã dân tộc", "an ethnic group");

    private static readonly XmlMember[] RelativeMembers =
    [
        new("HoVaTen", "name", FlatName),
        new("QuocTich", "nationality", Leaf(CitizenValues.Country)),
        new("SoDinhDanh", "personalId", Leaf(CitizenValues.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(CitizenValues.OldIdCard)),
    ];

    private static readonly XmlGroup Relative = new(RelativeMembers, [["HoVaTen"]]);

    internal static readonly XmlGroup Citizen = new(
    [
        new("SoDinhDanh", "personalId", Leaf(CitizenValues.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(CitizenValues.OldIdCard)),
        new("HoVaTen", "name", Name),
        new("GioiTinh", "gender", Leaf(CitizenValues.Gender)),
        new("DanToc", "ethnicity", Ethnicity),
        new("TonGiao", "religion", Leaf(CitizenValues.Religion)),
        new("TinhTrangHonNhan", "maritalStatus", Leaf(CitizenValues.MaritalStatus)),
        new("NhomMau", "bloodType", Leaf(CitizenValues.BloodType)),
        new("NgayThangNamSinh", "birthDate", BirthDate),
        new("NoiDangKyKhaiSinh", "birthRegistrationPlace", Address),
        new("QuocTich", "nationality", Leaf(CitizenValues.Country)),
        new("QueQuan", "nativePlace", Address),
        new("ThuongTru", "permanentResidence", Address),
        new("NoiOHienTai", "currentResidence", Address),
        new("Cha", "father", Relative),
        new("Me", "mother", Relative),
        new("VoChong", "spouse", Relative),
        new("NguoiDaiDien", "representative", Relative),
        new("ChuHo", "householdHead", new XmlGroup([new("QuanHe", "relation", Leaf(CitizenValues.Relation)), .. RelativeMembers], [["HoVaTen"]])),
        new("SoSoHoKhau", "householdBookNumber", Leaf(CitizenValues.Text(MaxBookNumber))),
    ], [["SoDinhDanh", "SoCMND"], ["HoVaTen"]]);

    private static XmlLeaf Leaf(LeafValue value) => new(value);

    /// <summary>The day where there is one, else the year; a year that is not the day's is a contradiction.</summary>
    private static JsonValue? DateOf(JsonNode parts) => ((string?)parts["day"], (string?)parts["year"]) switch
    {
        ({ } day, null) => JsonValue.Create(day),
        ({ } day, { } year) when day.StartsWith(year, StringComparison.Ordinal) => JsonValue.Create(day),
        (null, { } year) => JsonValue.Create(year),
        _ => null,
    };

    private static JsonObject? PartsOf(JsonNode date) => (string?)date switch
    {
        { Length: 10 } day => new JsonObject { ["year"] = day[..4], ["day"] = day },
        { Length: 4 } year => new JsonObject { ["year"] = year },
        _ => null,
    };
}
