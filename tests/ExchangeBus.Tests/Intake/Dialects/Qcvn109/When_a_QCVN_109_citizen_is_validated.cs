using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_a_QCVN_109_citizen_is_validated
{
    private const string Person = "<dc:SoDinhDanh>040060000111</dc:SoDinhDanh><dc:SoCMND>180000222</dc:SoCMND><dc:QuocTich>VN</dc:QuocTich>" +
        "<dc:HoVaTen><dc:Ho>Phan</dc:Ho><dc:ChuDem>Văn</dc:ChuDem><dc:Ten>Cả</dc:Ten></dc:HoVaTen>";

    private const string Place = "<dc:MaDonViHanhChinh>17329</dc:MaDonViHanhChinh><dc:ChiTiet>Xóm 3</dc:ChiTiet><dc:QuocGia>VN</dc:QuocGia>";

    private static readonly string Everything = $"""
        <dc:CongDan>{Person}
          <dc:GioiTinh>2</dc:GioiTinh><dc:DanToc><dc:MaDanToc>24</dc:MaDanToc><dc:TenGoi>Cuối</dc:TenGoi></dc:DanToc>
          <dc:TonGiao><dc:MaTonGiao>00</dc:MaTonGiao></dc:TonGiao><dc:TinhTrangHonNhan>3</dc:TinhTrangHonNhan><dc:NhomMau>04</dc:NhomMau>
          <dc:NgayThangNamSinh><dc:Nam>1960</dc:Nam></dc:NgayThangNamSinh>
          <dc:NoiDangKyKhaiSinh>{Place}</dc:NoiDangKyKhaiSinh><dc:QueQuan>{Place}</dc:QueQuan>
          <dc:ThuongTru>{Place}</dc:ThuongTru><dc:NoiOHienTai>{Place}</dc:NoiOHienTai>
          <dc:Cha>{Person}</dc:Cha><dc:Me>{Person}</dc:Me><dc:VoChong>{Person}</dc:VoChong><dc:NguoiDaiDien>{Person}</dc:NguoiDaiDien>
          <dc:ChuHo>{Person}<dc:QuanHe>01</dc:QuanHe></dc:ChuHo><dc:SoSoHoKhau>310099001</dc:SoSoHoKhau>
        </dc:CongDan>
        """;

    [Test]
    public void Should_have_every_field_of_the_schema()
    {
        var body = JsonNode.Parse(Body(Everything).Span)!.AsObject();
        var schema = SchemaFolder.Parse(SchemaFolder.SchemaFile("population/citizenupdated"));

        Assert.That(body.Select(field => field.Key), Is.EquivalentTo(schema["properties"]!.AsObject().Select(field => field.Key)));
        Assert.That(body["householdHead"]!.AsObject().Select(field => field.Key), Is.EquivalentTo(schema["$defs"]!["householdHead"]!["properties"]!.AsObject().Select(field => field.Key)));
    }

    [Test]
    public void Should_be_what_the_schema_takes()
    {
        foreach (var citizen in new[] { Everything, Qcvn109Message.Citizen })
        {
            var body = Body(citizen);
            Assert.That(PublishedSchemas.Validate("population/citizenupdated", body.Span), Is.Empty, Encoding.UTF8.GetString(body.Span));
        }
    }

    private static ReadOnlyMemory<byte> Body(string citizen)
    {
        var reading = Qcvn109Message.Read(Qcvn109Message.With(citizen));
        Assert.That(reading.Violations, Is.Empty);
        return reading.Citizens.Single();
    }
}
