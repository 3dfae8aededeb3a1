using System.Xml.Linq;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>
/// The elements of <c>hoTich</c>, which are flat: me is the mother, cha the father, nks the child, nkt the deceased, nyc the applicant.
/// A field is named after its element; <see cref="BirthDossier"/> and <see cref="DeathDossier"/> put the fields together. Elements in
/// the lists of what is kept have no canonical field yet: the original carries them.
/// </summary>
internal static class PortalShapes
{
    internal const string Filler = "Không có thông tin";

    internal static readonly XmlLimits Limits = new(MaxBytes: 256 * 1024, MaxDepth: 4, MaxElements: 1_000);

    internal static readonly XmlDialect Dialect = new(XNamespace.None, LinkedPortalRejections.Instance, Filler: Filler, Within: "/data");

    internal static readonly XmlGroup Birth = new(
    [
        Unknowable("maGCS", PortalValues.BirthNotice),
        Leaf("nksHoTen", PortalValues.Name),
        Leaf("nksGioiTinh", CitizenValues.Gender),
        Leaf("nksNgaySinh", PortalValues.Day),
        Leaf("nksNoiSinh", PortalValues.Text),
        Leaf("nksNoiSinhDVHC", CitizenValues.Unit),
        Leaf("nksQueQuan", PortalValues.Text),
        Unknowable("nksDanToc", CitizenValues.Ethnicity),
        Leaf("nksQuocTich", CitizenValues.Country),
        .. PortalPerson.Elements("me"),
        .. PortalPerson.Elements("cha"),
        .. PortalPerson.Elements("nyc", hasBirth: false),
        Leaf("nycQuanHe", PortalValues.Text),
        Leaf("DkttIsTtBo", PortalValues.Flag),
        Leaf("DkttIsTtMe", PortalValues.Flag),
        Leaf("DkttChuHo", PortalValues.Name),
        Leaf("DkttChuhoSoGiayTo", PortalValues.IdentityNumber),
        Leaf("DkttMaQuanHe", PortalValues.Code),
        .. Kept(
            "ngayCapGCS", "loaiDangKy", "noiDangKy", "soLuongBanSao", "nksNgaySinhBangChu", "nksNoiSinhNuocNgoai", "nksDanTocKhac", "nksQuocTichKhac", "nksLoaiKhaiSinh",
            "meDanTocKhac", "meQuocTichKhac", "meLoaiCuTru", "meLoaiGiayToTuyThan", "meGiayToKhac", "meXacThucThongTin",
            "chaDanTocKhac", "chaQuocTichKhac", "chaLoaiCuTru", "chaLoaiGiayToTuyThan", "chaGiayToKhac", "chaXacThucThongTin",
            "nycLoaiGiayToTuyThan", "nycGiayToKhac", "nycNgayCapGiayToTuyThan", "nycNoiCapGiayToTuyThan", "nycSoDienThoai", "nycEmail", "nycXacThucThongTin",
            "GiayCNKHSo", "GiayCNKHQuyenSo", "GiayCNKHNgayCap", "GiayCNKHNoiCap", "LoaiXacNhanVNeID", "CapBanSao", "BanSaoSoLuong"),
    ], [["maGCS"], ["nksHoTen"], ["nksGioiTinh"], ["nksNgaySinh"], ["nksNoiSinh", "nksNoiSinhDVHC"], ["nksDanToc"], ["meHoTen"], ["nycHoTen"], ["DkttChuHo", "DkttIsTtBo", "DkttIsTtMe"]]);

    internal static readonly XmlGroup Death = new(
    [
        Leaf("maGBT", PortalValues.DeathNotice),
        Leaf("gbtSo", PortalValues.PaperNumber),
        Leaf("gbtNgay", PortalValues.Day),
        Leaf("gbtCoQuanCap", PortalValues.Text),
        Unknowable("nktHoTen", PortalValues.Name),
        Leaf("nktGioiTinh", CitizenValues.Gender),
        Unknowable("nktNgaySinh", PortalValues.PartialDate),
        .. PortalPerson.Details("nkt"),
        Unknowable("nktNgayChet", PortalValues.PartialDate),
        Leaf("nktGioPhutChet", PortalValues.Time),
        Unknowable("nktNoiChet", PortalValues.Text),
        Leaf("nktNguyenNhanChet", PortalValues.Text),
        .. PortalPerson.Elements("nyc", hasBirth: false),
        Leaf("nycQuanHe", PortalValues.Text),
        Leaf("nycSoDienThoai", PortalValues.Phone),
        Leaf("nycEmail", PortalValues.Email),
        Leaf("soLuongBanSao", PortalValues.Copies),
        .. Kept(
            "ngayCapGBT", "loaiDangKy", "noiDangKy", "gbtLoai", "nktDanTocKhac", "nktQuocTichKhac", "nktLoaiCuTru", "nktLoaiGiayToTuyThan", "nktGiayToKhac",
            "nktNgayCapGiayToTuyThan", "nktNoiCapGiayToTuyThan", "nktXacThucThongTin", "nycLoaiGiayToTuyThan", "nycGiayToKhac", "nycNgayCapGiayToTuyThan",
            "nycNoiCapGiayToTuyThan", "nycXacThucThongTin"),
    ], [["maGBT", "gbtCoQuanCap"], ["nktHoTen"], ["nktGioiTinh"], ["nktNgaySinh"], ["nktNgayChet"], ["nktNoiChet"], ["nycHoTen"]]);

    internal static XmlMember Leaf(string element, LeafValue value) => new(element, element, new XmlLeaf(value));

    private static XmlMember Unknowable(string element, LeafValue value) => new(element, element, new XmlLeaf(value, FillerIsUnknown: true));

    private static IEnumerable<XmlMember> Kept(params string[] elements) => elements.Select(element => Leaf(element, PortalValues.Kept));
}
