using System.Text;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.Qcvn109;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

/// <summary>An invented message of QCVN 109:2017 in which a test changes the one thing it is about.</summary>
internal static class Qcvn109Message
{
    public const string Citizen = """
        <dc:CongDan>
          <dc:SoDinhDanh>040090001234</dc:SoDinhDanh>
          <dc:HoVaTen><dc:Ho>Phan</dc:Ho><dc:ChuDem>Văn</dc:ChuDem><dc:Ten>Thí Dụ</dc:Ten></dc:HoVaTen>
          <dc:GioiTinh>1</dc:GioiTinh>
          <dc:NgayThangNamSinh><dc:NgayThangNam>1990-02-28</dc:NgayThangNam></dc:NgayThangNamSinh>
          <dc:ThuongTru><dc:MaDonViHanhChinh>17329</dc:MaDonViHanhChinh><dc:ChiTiet>Xóm 3</dc:ChiTiet><dc:QuocGia>VN</dc:QuocGia></dc:ThuongTru>
        </dc:CongDan>
        """;

    public static string With(string citizens, string? root = null) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <dc:CongdanCollection xmlns:dc="http://www.mic.gov.vn/dancu/1.0" {root ?? "SoCongDan=\"1\" ThoiDiemDuLieu=\"2026-11-23T08:30:00\""}>
        {citizens}
        </dc:CongdanCollection>
        """;

    /// <summary>One citizen with one part of it replaced; fails when the part is not there.</summary>
    public static string Replacing(string part, string by)
    {
        var citizen = Citizen.Replace(part, by, StringComparison.Ordinal);
        Assert.That(citizen, Is.Not.EqualTo(Citizen), $"There is no '{part}' to replace.");
        return With(citizen);
    }

    public static CitizenReading Read(string message) => Qcvn109Reader.Read(Encoding.UTF8.GetBytes(message));
}
