using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.Qcvn109;

/// <summary>The data model of QCVN 109:2017, annex A, beside the fields of population/citizenupdated.</summary>
internal static class Qcvn109Shapes
{
    private const int MaxName = 100, MaxDetail = 500, MaxBookNumber = 50;

    private static readonly XmlGroup Name = Group(["Ten"],
        new("Ho", "family", Leaf(CitizenValues.Text(MaxName))),
        new("ChuDem", "middle", Leaf(CitizenValues.Text(MaxName))),
        new("Ten", "given", Leaf(CitizenValues.Text(MaxName))));

    private static readonly XmlGroup Address = new XmlGroup(
    [
        new("MaDonViHanhChinh", "unit", Leaf(CitizenValues.Unit)),
        new("ChiTiet", "detail", Leaf(CitizenValues.Text(MaxDetail))),
        new("QuocGia", "country", Leaf(CitizenValues.Country)),
    ], []);

    private static readonly XmlMember[] RelativeMembers =
    [
        new("SoDinhDanh", "personalId", Leaf(CitizenValues.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(CitizenValues.OldIdCard)),
        new("QuocTich", "nationality", Leaf(CitizenValues.Country)),
        new("HoVaTen", "name", Name),
    ];

    private static readonly XmlGroup Relative = Group(["HoVaTen"], RelativeMembers);

    /// <summary>In the order of the annex's sample; where QuocTich, NguoiDaiDien and SoSoHoKhau stand is not known from it.</summary>
    internal static readonly XmlGroup Citizen = new(
    [
        new("SoDinhDanh", "personalId", Leaf(CitizenValues.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(CitizenValues.OldIdCard)),
        new("HoVaTen", "name", Name),
        new("GioiTinh", "gender", Leaf(CitizenValues.Gender)),
        new("DanToc", "ethnicity", Group(["MaDanToc"],
            new("MaDanToc", "code", Leaf(CitizenValues.Ethnicity)),
            new("TenGoi", "name", Leaf(CitizenValues.Text(MaxName))))),
        new("TonGiao", "religion", Choice(new XmlMember("MaTonGiao", "", Leaf(CitizenValues.Religion)))),
        new("TinhTrangHonNhan", "maritalStatus", Leaf(CitizenValues.MaritalStatus)),
        new("NhomMau", "bloodType", Leaf(CitizenValues.BloodType)),
        new("NgayThangNamSinh", "birthDate", Choice(
            new("NgayThangNam", "", Leaf(CitizenValues.Date)),
            new("Nam", "", Leaf(CitizenValues.Year)))),
        new("NoiDangKyKhaiSinh", "birthRegistrationPlace", Address),
        new("QuocTich", "nationality", Leaf(CitizenValues.Country)),
        new("QueQuan", "nativePlace", Address),
        new("ThuongTru", "permanentResidence", Address),
        new("NoiOHienTai", "currentResidence", Address),
        new("Cha", "father", Relative),
        new("Me", "mother", Relative),
        new("VoChong", "spouse", Relative),
        new("NguoiDaiDien", "representative", Relative),
        new("ChuHo", "householdHead", Group(["HoVaTen"],
            [.. RelativeMembers, new("QuanHe", "relation", Leaf(CitizenValues.Relation))])),
        new("SoSoHoKhau", "householdBookNumber", Leaf(CitizenValues.Text(MaxBookNumber))),
    ], [["SoDinhDanh", "SoCMND"], ["HoVaTen"]]);

    private static XmlLeaf Leaf(LeafValue value) => new(value);

    private static XmlGroup Group(string[] required, params XmlMember[] members) => new(members, [.. required.Select(name => new[] { name })]);

    private static XmlChoice Choice(params XmlMember[] members) => new(members);
}
