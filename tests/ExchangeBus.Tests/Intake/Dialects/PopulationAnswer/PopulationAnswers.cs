namespace ExchangeBus.Tests.Intake.Dialects.PopulationAnswer;

/// <summary>An invented answer of the population database, as it comes on the wire.</summary>
internal static class PopulationAnswers
{
    public const string Address =
        "<ns1:MaTinhThanh>40</ns1:MaTinhThanh><ns1:MaQuanHuyen>425</ns1:MaQuanHuyen><ns1:MaPhuongXa>17329</ns1:MaPhuongXa><ns1:ChiTiet>XÓM 3</ns1:ChiTiet><ns1:QuocGia>VN</ns1:QuocGia>";

    public const string Citizen = $"""
        <ns1:CongDan>
          <ns1:SoDinhDanh>040090001234</ns1:SoDinhDanh>
          <ns1:SoCMND>181234567</ns1:SoCMND>
          <ns1:HoVaTen><ns1:Ho/><ns1:ChuDem/><ns1:Ten>PHAN VĂN Thí Dụ</ns1:Ten></ns1:HoVaTen>
          <ns1:GioiTinh>1</ns1:GioiTinh><ns1:DanToc>01</ns1:DanToc><ns1:TonGiao>00</ns1:TonGiao>
          <ns1:TinhTrangHonNhan>2</ns1:TinhTrangHonNhan><ns1:NhomMau>00</ns1:NhomMau>
          <ns1:NgayThangNamSinh><ns1:Nam>1990</ns1:Nam><ns1:NgayThangNam>19900228</ns1:NgayThangNam></ns1:NgayThangNamSinh>
          <ns1:NoiDangKyKhaiSinh>{Address}</ns1:NoiDangKyKhaiSinh>
          <ns1:QuocTich/>
          <ns1:QueQuan><ns1:MaTinhThanh>40</ns1:MaTinhThanh><ns1:MaQuanHuyen/><ns1:MaPhuongXa/><ns1:ChiTiet/><ns1:QuocGia>VN</ns1:QuocGia></ns1:QueQuan>
          <ns1:ThuongTru>{Address}</ns1:ThuongTru>
          <ns1:NoiOHienTai/>
          <ns1:Cha><ns1:HoVaTen>PHAN VĂN CẢ</ns1:HoVaTen><ns1:QuocTich>VN</ns1:QuocTich><ns1:SoDinhDanh>040060000111</ns1:SoDinhDanh><ns1:SoCMND/></ns1:Cha>
          <ns1:ChuHo><ns1:QuanHe>CH01</ns1:QuanHe><ns1:SoDinhDanh>040090001234</ns1:SoDinhDanh><ns1:SoCMND>181234567</ns1:SoCMND><ns1:HoVaTen>PHAN VĂN THÍ DỤ</ns1:HoVaTen></ns1:ChuHo>
          <ns1:SoSoHoKhau>cm41</ns1:SoSoHoKhau>
        </ns1:CongDan>
        """;

    public const string Sound = $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
          <soapenv:Header xmlns:dan="http://dancuquocgia.bca"/>
          <soapenv:Body xmlns:dan="http://dancuquocgia.bca">
            <ns1:CongdanCollection xmlns:ns1="http://www.mic.gov.vn/dancu/1.0">
        {Citizen}
            </ns1:CongdanCollection>
          </soapenv:Body>
        </soapenv:Envelope>
        """;

    public static string Replacing(string part, string by)
    {
        var message = Sound.Replace(part, by, StringComparison.Ordinal);
        Assert.That(message, Is.Not.EqualTo(Sound), $"There is no '{part}' to replace.");
        return message;
    }
}
