using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.LinkedPortal;

namespace ExchangeBus.Tests.Intake.Dialects.LinkedPortal;

internal sealed class When_a_dossier_is_not_sound
{
    [TestCase("<nksNgaySinh>20261114<", "<nksNgaySinh>11.2026<", "value", "/data/hoTich/nksNgaySinh")]
    [TestCase("<nksNgaySinh>20261114<", "<nksNgaySinh>Không có thông tin<", "missing", "/data/hoTich")]
    [TestCase("<meNgaySinh>18.06.1994<", "<meNgaySinh>31.06.1994<", "value", "/data/hoTich/meNgaySinh")]
    [TestCase("<meNgaySinh>18.06.1994<", "<meNgaySinh>18.06.1994 10:00:00<", "value", "/data/hoTich/meNgaySinh")]
    [TestCase("<nksGioiTinh>1<", "<nksGioiTinh>nam<", "value", "/data/hoTich/nksGioiTinh")]
    [TestCase("<maGCS>00042.GCS.01901.26</maGCS>", "", "missing", "/data/hoTich")]
    [TestCase("<meHoTen>Trần Thị Minh Họa<", "<meHoTen>Không có thông tin<", "missing", "/data/hoTich")]
    [TestCase("<DkttIsTtBo>1<", "<DkttChuHo>Lê Thị Hộ</DkttChuHo><DkttIsTtBo>1<", "oneof", "/data/hoTich")]
    [TestCase("<DkttIsTtBo>1</DkttIsTtBo>", "", "missing", "/data/hoTich")]
    [TestCase("<chaHoTen>Lê Văn Mẫu</chaHoTen><chaNgaySinh>", "<chaNgaySinh>", "missing", "/data/hoTich")]
    [TestCase("<nksHoTen>", "<nksBietDanh>A</nksBietDanh><nksHoTen>", "unknownelement", "/data/hoTich/nksBietDanh")]
    [TestCase("<nksHoTen>", "<meHoTen>A</meHoTen><nksHoTen>", "repeated", "/data/hoTich/meHoTen")]
    [TestCase("hoTich>", "hoSo>", "root", "/data")]
    public void Should_name_the_place_in_the_inner_document(string part, string by, string code, string location) =>
        AssertRefused(PortalDossier.Read(PortalDossier.Replacing(PortalDossier.Birth, part, by)), code, location);

    [TestCase("module", "\"KH\"", "module", "/module")]
    [TestCase("module", "null", "missing", "")]
    [TestCase("maTTHC", "\"9.999999\"", "procedure", "/maTTHC")]
    [TestCase("maTTHC", "\"2.002622\"", "procedure", "/maTTHC", Description = "the code of the other module")]
    [TestCase("ngayTiepNhan", "\"30/06/2024 08:00:00\"", "procedure", "/maTTHC", Description = "the day before the code came into force")]
    [TestCase("ngayTiepNhan", "\"20261123\"", "value", "/ngayTiepNhan")]
    [TestCase("ngayTiepNhan", "\"31/11/2026 08:00:00\"", "value", "/ngayTiepNhan")]
    [TestCase("maHoSo", "\"hồ sơ 42\"", "value", "/maHoSo")]
    [TestCase("maHoSo", "42", "value", "/maHoSo")]
    [TestCase("maDonVi", "\"004\"", "unit", "/maDonVi")]
    [TestCase("maDonVi", "4", "unit", "/maDonVi")]
    [TestCase("data", "null", "missing", "")]
    [TestCase("data", "{}", "value", "/data")]
    [TestCase("ghiChu", "\"x\"", "unknownfield", "/ghiChu")]
    [TestCase("fileDinhKem", "{}", "value", "/fileDinhKem")]
    [TestCase("fileDinhKem", "[1]", "value", "/fileDinhKem/0")]
    [TestCase("fileDinhKem", """[{"loaiGiayTo":"GCS","tenGiayTo":"A","duLieuTepDinhKem":"không phải"}]""", "base64", "/fileDinhKem/0/duLieuTepDinhKem")]
    [TestCase("fileDinhKem", """[{"loaiGiayTo":"GCS","tenGiayTo":"A","duLieuTepDinhKem":"QUJD="}]""", "base64", "/fileDinhKem/0/duLieuTepDinhKem")]
    [TestCase("fileDinhKem", """[{"loaiGiayTo":"GCS","tenGiayTo":"A"}]""", "missing", "/fileDinhKem/0")]
    [TestCase("fileDinhKem", "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]", "toomanyelements", "/fileDinhKem")]
    public void Should_name_the_field(string field, string json, string code, string location) =>
        AssertRefused(PortalDossier.Read(PortalDossier.With(PortalDossier.Birth, field, json)), code, location);

    [TestCase("", "json", 1, 1)]
    [TestCase("[]", "value", 0, 0)]
    [TestCase("{\n\"module\": KS}", "json", 2, 11)]
    [TestCase("{\"module\":\"KS\"", "json", 1, 15)]
    [TestCase("{\"module\":\"KS\"} {}", "json", 1, 17)]
    [TestCase("{\"data\":[[[[[[[[[[1]]]]]]]]]]}", "json", 1, 0)]
    public void Should_refuse_what_is_not_the_JSON_of_a_dossier(string message, string code, int line, int column)
    {
        var violation = PortalDossier.Read(message).Violations[0];

        Assert.That(violation.Code, Is.EqualTo($"linkedportal.{code}"));
        if (line > 0)
            Assert.That(violation.MessageEn, Does.Contain(column > 0 ? $"line {line}, column {column}" : $"line {line}, "));
    }

    [TestCase("{\"module\":\"KS\",\"module\":\"KT\"}", "repeated", "/module")]
    [TestCase("{\"module\":\"\\ud800\"}", "value", "/module")]
    [TestCase("{\"\\ud800\":1}", "unknownfield", "/?")]
    public void Should_name_the_field_of_a_text(string message, string code, string location) => AssertRefused(PortalDossier.Read(message), code, location);

    [Test]
    public void Should_refuse_what_is_not_UTF_8() =>
        Assert.That(new LinkedPortalReader(PortalDossier.Procedures).Read("{\"a\":\"\xFF\"}"u8.ToArray().Select((b, i) => i == 6 ? (byte)0xFF : b).ToArray()).Violations.Single().Code, Is.EqualTo("linkedportal.encoding"));

    [Test]
    public void Should_refuse_what_is_larger_than_the_limit() =>
        Assert.That(new LinkedPortalReader(PortalDossier.Procedures).Read(new byte[LinkedPortalReader.MaxBytes + 1]).Violations.Single().Code, Is.EqualTo("linkedportal.toolarge"));

    [TestCaseSource(nameof(Attacks))]
    public void Should_refuse_an_attack_inside_the_text(XmlAttack attack)
    {
        var dossier = PortalDossier.Birth;
        var sound = PortalDossier.Data(dossier).Replace("utf-16", "UTF-8", StringComparison.Ordinal).Replace("Lê Gia Mẫu", "Thí Dụ", StringComparison.Ordinal);
        dossier["data"] = attack.Around(sound);
        Assert.That(PortalDossier.Data(dossier), Is.Not.EqualTo(sound), "the attack must be in it");

        var reading = PortalDossier.Read(dossier);

        Assert.That(reading.Events, Is.Empty);
        Assert.That(reading.Violations.Select(v => v.Code), Has.Member($"linkedportal.{attack.Code}"));
    }

    [Test]
    public void Should_list_everything_at_once_and_never_repeat_a_value()
    {
        var dossier = PortalDossier.Replacing(PortalDossier.Replacing(PortalDossier.Birth, "18.06.1994", "bí mật 1"), "<nksGioiTinh>1<", "<nksGioiTinh>bí mật 2<");
        dossier["maTTHC"] = "bí mật 3";
        dossier["maHoSo"] = "bí mật 4";
        dossier["fileDinhKem"]![0]!["duLieuTepDinhKem"] = "bí mật 5";

        var reading = PortalDossier.Read(dossier);

        string[] expected = ["/maTTHC", "/maHoSo", "/fileDinhKem/0/duLieuTepDinhKem", "/data/root/hoTich/meNgaySinh", "/data/root/hoTich/nksGioiTinh"];
        Assert.That(reading.Violations.Select(v => v.Pointer), Is.EquivalentTo(expected));
        Assert.That(string.Concat(reading.Violations), Does.Not.Contain("bí mật"));
    }

    private static IEnumerable<TestCaseData> Attacks() => XmlAttacks.All.Select(attack => new TestCaseData(attack).SetArgDisplayNames(attack.Name));

    private static void AssertRefused(DialectReading reading, string code, string location)
    {
        Assert.That(reading.Events, Is.Empty);
        Assert.That(reading.Violations.Select(v => (v.Code, v.Pointer.Replace("/root", "", StringComparison.Ordinal))), Does.Contain(($"linkedportal.{code}", location)));
        Assert.That(reading.Violations, Has.All.Matches<ExchangeBus.Contracts.Violation>(v => v!.MessageVi.Length > 0 && v.MessageEn.Length > 0));
    }
}
