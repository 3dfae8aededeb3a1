using System.Collections.Frozen;

namespace ExchangeBus.Intake.Dialects;

/// <summary>What stands inside an element.</summary>
internal abstract record Qcvn109Shape;

/// <summary>Text only.</summary>
internal sealed record Qcvn109Leaf(Qcvn109Value Value) : Qcvn109Shape;

/// <summary>Elements that become the fields of an object. Of each set in <paramref name="Required"/> one element must have a value.</summary>
internal sealed record Qcvn109Group(FrozenDictionary<string, Qcvn109Member> Members, string[][] Required) : Qcvn109Shape;

/// <summary>Elements of which at most one has a value, and that value is the field itself.</summary>
internal sealed record Qcvn109Choice(FrozenDictionary<string, Qcvn109Member> Members) : Qcvn109Shape;

/// <summary>An element and the canonical field that it becomes.</summary>
internal sealed record Qcvn109Member(string Element, string Field, Qcvn109Shape Shape);

/// <summary>The data model of QCVN 109:2017, annex A, beside the fields of population/citizenupdated.</summary>
internal static class Qcvn109Shapes
{
    private const int MaxName = 100, MaxDetail = 500, MaxBookNumber = 50;

    private static readonly Qcvn109Shape Name = Group(["Ten"],
        new("Ho", "family", Leaf(Qcvn109Values.Text(MaxName))),
        new("ChuDem", "middle", Leaf(Qcvn109Values.Text(MaxName))),
        new("Ten", "given", Leaf(Qcvn109Values.Text(MaxName))));

    private static readonly Qcvn109Shape Address = new Qcvn109Group(Members(
        new("MaDonViHanhChinh", "unit", Leaf(Qcvn109Values.Unit)),
        new("ChiTiet", "detail", Leaf(Qcvn109Values.Text(MaxDetail))),
        new("QuocGia", "country", Leaf(Qcvn109Values.Country))), []);

    private static readonly Qcvn109Member[] RelativeMembers =
    [
        new("SoDinhDanh", "personalId", Leaf(Qcvn109Values.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(Qcvn109Values.OldIdCard)),
        new("QuocTich", "nationality", Leaf(Qcvn109Values.Country)),
        new("HoVaTen", "name", Name),
    ];

    private static readonly Qcvn109Shape Relative = Group(["HoVaTen"], RelativeMembers);

    internal static readonly Qcvn109Group Citizen = new(Members(
        new("SoDinhDanh", "personalId", Leaf(Qcvn109Values.PersonalId)),
        new("SoCMND", "oldIdCard", Leaf(Qcvn109Values.OldIdCard)),
        new("HoVaTen", "name", Name),
        new("GioiTinh", "gender", Leaf(Qcvn109Values.Gender)),
        new("NgayThangNamSinh", "birthDate", Choice(
            new("NgayThangNam", "", Leaf(Qcvn109Values.Date)),
            new("Nam", "", Leaf(Qcvn109Values.Year)))),
        new("DanToc", "ethnicity", Group(["MaDanToc"],
            new("MaDanToc", "code", Leaf(Qcvn109Values.Ethnicity)),
            new("TenGoi", "name", Leaf(Qcvn109Values.Text(MaxName))))),
        new("TonGiao", "religion", Choice(new Qcvn109Member("MaTonGiao", "", Leaf(Qcvn109Values.Religion)))),
        new("TinhTrangHonNhan", "maritalStatus", Leaf(Qcvn109Values.MaritalStatus)),
        new("NhomMau", "bloodType", Leaf(Qcvn109Values.BloodType)),
        new("NoiDangKyKhaiSinh", "birthRegistrationPlace", Address),
        new("QueQuan", "nativePlace", Address),
        new("ThuongTru", "permanentResidence", Address),
        new("NoiOHienTai", "currentResidence", Address),
        new("Cha", "father", Relative),
        new("Me", "mother", Relative),
        new("VoChong", "spouse", Relative),
        new("NguoiDaiDien", "representative", Relative),
        new("ChuHo", "householdHead", Group(["HoVaTen"],
            [.. RelativeMembers, new("QuanHe", "relation", Leaf(Qcvn109Values.Relation))])),
        new("SoSoHoKhau", "householdBookNumber", Leaf(Qcvn109Values.Text(MaxBookNumber))),
        new("QuocTich", "nationality", Leaf(Qcvn109Values.Country))), [["SoDinhDanh", "SoCMND"], ["HoVaTen"]]);

    private static Qcvn109Leaf Leaf(Qcvn109Value value) => new(value);

    private static Qcvn109Group Group(string[] required, params Qcvn109Member[] members) =>
        new(Members(members), [.. required.Select(name => new[] { name })]);

    private static Qcvn109Choice Choice(params Qcvn109Member[] members) => new(Members(members));

    private static FrozenDictionary<string, Qcvn109Member> Members(params Qcvn109Member[] members) =>
        members.ToFrozenDictionary(member => member.Element);
}
