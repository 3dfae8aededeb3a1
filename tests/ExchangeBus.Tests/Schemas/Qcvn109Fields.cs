namespace ExchangeBus.Tests.Schemas;

/// <summary>The fields of QCVN 109:2017/BTTTT: the citizen of annex C and the attributes of the message's root.</summary>
internal static class Qcvn109Fields
{
    private static readonly string[] Name = ["Ho", "ChuDem", "Ten"];
    private static readonly string[] Address = ["MaDonViHanhChinh", "ChiTiet", "QuocGia"];
    private static readonly string[] Relative = ["SoDinhDanh", "SoCMND", "QuocTich", .. Under("HoVaTen", Name)];

    /// <summary>Paths that hold a value. A date of birth is a choice of a day or a year, so the choice itself holds a partial date.</summary>
    public static IReadOnlySet<string> Leaves { get; } = new[]
    {
        "SoDinhDanh", "SoCMND", "GioiTinh", "TonGiao/MaTonGiao", "TinhTrangHonNhan", "NhomMau", "QuocTich", "SoSoHoKhau", "NgayThangNamSinh",
    }
        .Concat(Under("HoVaTen", Name))
        .Concat(Under("DanToc", ["MaDanToc", "TenGoi"]))
        .Concat(Under("NgayThangNamSinh", ["NgayThangNam", "Nam"]))
        .Concat(new[] { "NoiDangKyKhaiSinh", "QueQuan", "ThuongTru", "NoiOHienTai" }.SelectMany(place => Under(place, Address)))
        .Concat(new[] { "Cha", "Me", "VoChong", "NguoiDaiDien" }.SelectMany(person => Under(person, Relative)))
        .Concat(Under("ChuHo", [.. Relative, "QuanHe"]))
        .Select(path => $"CongDan/{path}")
        .Concat(["@GhiChu", "@ThoiDiemDuLieu", "@SoCongDan"])
        .ToHashSet();

    /// <summary>Paths on the way to a leaf.</summary>
    public static IReadOnlySet<string> Groups { get; } = Leaves
        .SelectMany(path => path.Split('/').Select((_, count) => string.Join('/', path.Split('/').Take(count))))
        .Where(path => path.Length > 0)
        .ToHashSet();

    private static IEnumerable<string> Under(string group, string[] members) => members.Select(member => $"{group}/{member}");
}
