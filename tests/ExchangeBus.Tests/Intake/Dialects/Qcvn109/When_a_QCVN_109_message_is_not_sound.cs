using ExchangeBus.Intake.Dialects;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_a_QCVN_109_message_is_not_sound
{
    private const string Root = "/CongdanCollection", Citizen = Root + "/CongDan[1]";

    [TestCase("<dc:GioiTinh>1<", "<dc:GioiTinh>3<", "qcvn109.value", Citizen + "/GioiTinh")]
    [TestCase("040090001234", "04009000123", "qcvn109.value", Citizen + "/SoDinhDanh")]
    [TestCase("040090001234", "٠٤٠٠٩٠٠٠١٢٣٤", "qcvn109.value", Citizen + "/SoDinhDanh")]
    [TestCase("1990-02-28", "1990-02-30", "qcvn109.value", Citizen + "/NgayThangNamSinh/NgayThangNam")]
    [TestCase("1990-02-28", "19900228", "qcvn109.value", Citizen + "/NgayThangNamSinh/NgayThangNam")]
    [TestCase("</dc:NgayThangNam>", "</dc:NgayThangNam><dc:Nam>1990</dc:Nam>", "qcvn109.oneof", Citizen + "/NgayThangNamSinh")]
    [TestCase("<dc:Ten>Thí Dụ</dc:Ten>", "", "qcvn109.missing", Citizen + "/HoVaTen")]
    [TestCase("<dc:SoDinhDanh>040090001234</dc:SoDinhDanh>", "", "qcvn109.missing", Citizen)]
    [TestCase("<dc:GioiTinh>", "<dc:GioiTinh/><dc:GioiTinh>", "qcvn109.repeated", Citizen + "/GioiTinh")]
    [TestCase("<dc:GioiTinh>", "<dc:NgheNghiep>01</dc:NgheNghiep><dc:GioiTinh>", "qcvn109.unknownelement", Citizen + "/NgheNghiep")]
    [TestCase("<dc:GioiTinh>1</dc:GioiTinh>", "<GioiTinh>1</GioiTinh>", "qcvn109.unknownelement", Citizen + "/GioiTinh")]
    [TestCase("Phan<", "Phan<dc:Ho/><", "qcvn109.unknownelement", Citizen + "/HoVaTen/Ho/Ho")]
    [TestCase("<dc:GioiTinh>", "<dc:GioiTinh ma='1'>", "qcvn109.unknownattribute", Citizen + "/GioiTinh")]
    [TestCase("<dc:GioiTinh>", "nam<dc:GioiTinh>", "qcvn109.text", Citizen)]
    [TestCase("Xóm 3", "Xóm &#x7F; 3", "qcvn109.value", Citizen + "/ThuongTru/ChiTiet")]
    [TestCase("</dc:CongDan>", "</dc:CongDan><dc:NguoiNuocNgoai/>", "qcvn109.unknownelement", Root + "/NguoiNuocNgoai")]
    [TestCase("<dc:CongDan>", "<dc:CongDan/><dc:CongDan>", "qcvn109.count", Root + "/@SoCongDan")]
    public void Should_name_the_place_and_the_reason(string part, string by, string code, string location)
    {
        var reading = Qcvn109Message.Read(Qcvn109Message.Replacing(part, by));

        Assert.That(reading.Citizens, Is.Empty);
        Assert.That(reading.Violations.Select(violation => (violation.Code, violation.Pointer)), Does.Contain((code, location)));
        if (code != "qcvn109.count")
            Assert.That(reading.Violations, Has.Count.EqualTo(1));
    }

    [TestCase("", "qcvn109.value", "/@SoCongDan")]
    [TestCase("SoCongDan='một'", "qcvn109.value", "/@SoCongDan")]
    [TestCase("SoCongDan='2'", "qcvn109.count", "/@SoCongDan")]
    [TestCase("SoCongDan='1' ThoiDiemDuLieu='23/11/2026'", "qcvn109.value", "/@ThoiDiemDuLieu")]
    [TestCase("SoCongDan='1' NguoiGui='x'", "qcvn109.unknownattribute", "")]
    public void Should_check_the_attributes_of_the_root(string attributes, string code, string location)
    {
        var reading = Qcvn109Message.Read(Qcvn109Message.With(Qcvn109Message.Citizen, attributes));

        Assert.That(reading.Violations.Select(violation => (violation.Code, violation.Pointer)), Is.EqualTo([(code, Root + location)]));
    }

    [Test]
    public void Should_list_everything_at_once()
    {
        var wrong = Qcvn109Message.Citizen.Replace("1990-02-28", "?", StringComparison.Ordinal).Replace("040090001234", "?", StringComparison.Ordinal);

        var reading = Qcvn109Message.Read(Qcvn109Message.With(Qcvn109Message.Citizen + wrong, "SoCongDan='3'"));

        Assert.That(reading.Violations.Select(violation => violation.Pointer), Is.EqualTo(
        [
            Root + "/@SoCongDan",
            Root + "/CongDan[2]/SoDinhDanh",
            Root + "/CongDan[2]/NgayThangNamSinh/NgayThangNam",
        ]));
    }

    [Test]
    public void Should_never_repeat_a_value()
    {
        var reading = Qcvn109Message.Read(Qcvn109Message.Replacing("040090001234", "bí mật 0400900"));

        Assert.That(reading.Violations.Single().ToString(), Does.Not.Contain("0400900").And.Not.Contain("bí mật"));
    }

    [Test]
    public void Should_bound_the_list_of_violations()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(number => $"<dc:X{number}/>"));

        var reading = Qcvn109Message.Read(Qcvn109Message.Replacing("<dc:GioiTinh>", many + "<dc:GioiTinh>"));

        Assert.That(reading.Violations, Has.Count.EqualTo(Findings.Limit + 1));
        Assert.That(reading.Violations[^1].Code, Is.EqualTo("qcvn109.toomanyviolations"));
    }
}
