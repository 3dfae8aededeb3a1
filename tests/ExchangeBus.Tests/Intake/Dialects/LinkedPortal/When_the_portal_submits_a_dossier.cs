using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Intake.Dialects.LinkedPortal;

internal sealed class When_the_portal_submits_a_dossier
{
    [Test]
    public void Should_become_a_linked_birth()
    {
        var read = PortalDossier.Read(PortalDossier.Birth).Events.Single();
        var body = JsonNode.Parse(read.Body.Span)!.AsObject();
        body.Remove("attachments");

        Assert.That((read.Type, read.Subject, read.Time), Is.EqualTo((EventTypes.LinkedBirthSubmitted, "G22.99.08-261123-000042", new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7)))));
        AssertSame(body, """
            {
              "dossierNumber": "G22.99.08-261123-000042", "commune": "00004", "procedures": ["permanentResidence", "healthCard"], "birthNoticeNumber": "00042.GCS.01901.26",
              "child": {
                "name": {"given": "Lê Gia Mẫu"}, "gender": "male", "birthDate": "2026-11-14", "birthPlace": {"unit": "00004", "detail": "Bệnh viện Phụ sản Giả Định"},
                "nativePlace": {"detail": "Hà Nội"}, "ethnicity": "01", "nationality": "VN"},
              "mother": {
                "personalId": "001194000217", "name": {"given": "Trần Thị Minh Họa"}, "birthDate": "1994-06-18", "ethnicity": "01", "nationality": "VN",
                "residence": {"detail": "Số 12, ngõ 8, phố Giả Định"}},
              "father": {"personalId": "001091000345", "name": {"given": "Lê Văn Mẫu"}, "birthDate": "1991", "nationality": "VN"},
              "applicant": {"personalId": "001091000345", "name": {"given": "Lê Văn Mẫu"}}, "applicantRelation": "Cha",
              "householdHead": {"personalId": "001091000345", "name": {"given": "Lê Văn Mẫu"}, "birthDate": "1991", "nationality": "VN"}, "householdHeadRelation": "03"
            }
            """);
    }

    [Test]
    public void Should_become_a_linked_death()
    {
        var read = PortalDossier.Read(PortalDossier.Death).Events.Single();

        Assert.That(read.Type, Is.EqualTo("vn.portal.linkeddeathsubmitted.v1"));
        AssertSame(JsonNode.Parse(read.Body.Span)!, """
            {
              "dossierNumber": "G22.99.08-261120-000311", "commune": "00004", "procedures": ["residenceDeletion"], "deathNoticeNumber": "00311.GBT.01901.26",
              "deceased": {
                "personalId": "001048000512", "name": {"given": "Nguyễn Văn Thử"}, "birthDate": "1948-09", "ethnicity": "01", "nationality": "VN",
                "lastResidence": {"detail": "Số 12, ngõ 8, phố Giả Định"}, "gender": "male"},
              "death": {"date": "2026-11-19", "time": "21:40", "place": {"kind": "other", "address": {"detail": "Bệnh viện Đa khoa Giả Định"}}},
              "applicant": {"personalId": "001079000714", "name": {"given": "Nguyễn Hữu Dụ"}}, "applicantRelation": "Con", "contact": {"phone": "0900000311"}
            }
            """);
    }

    [TestCase("birth", "portal/linkedbirthsubmitted")]
    [TestCase("death", "portal/linkeddeathsubmitted")]
    public void Should_be_what_the_schema_takes(string module, string folder)
    {
        if (!SchemaFolder.Folders.Contains("portal/linkeddeathsubmitted"))
            Assert.Ignore("skipped, this checkout has only the first schemas");

        var body = PortalDossier.Body(module == "birth" ? PortalDossier.Birth : PortalDossier.Death);

        Assert.That(PublishedSchemas.Validate(folder, Encoding.UTF8.GetBytes(body.ToJsonString())), Is.Empty, body.ToString());
    }

    [Test]
    public void Should_name_its_files_by_their_hash_alone_and_never_carry_their_bytes()
    {
        var dossier = PortalDossier.Birth;
        var file = (string)dossier["fileDinhKem"]![0]!["duLieuTepDinhKem"]!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(file)));

        var body = PortalDossier.Body(dossier);

        AssertSame(body["attachments"]!, $$"""
            [{"kind": "GCS", "name": "giay-chung-sinh.pdf", "mediaType": "application/pdf", "sha256": "{{hash}}"}]
            """);
        Assert.That(body.ToJsonString(), Does.Not.Contain(file[..12]));
    }

    [Test]
    public void Should_not_name_a_withdrawn_file()
    {
        var dossier = PortalDossier.Birth;
        dossier["fileDinhKem"]![0]!["huyGiayTo"] = true;

        Assert.That(PortalDossier.Body(dossier)["attachments"], Is.Null);
    }

    [TestCase("18.06.1994", "18.06.1994", "1994-06-18")]
    [TestCase("18.06.1994", "19940618", "1994-06-18")]
    [TestCase("18.06.1994", "18/06/1994", "1994-06-18")]
    [TestCase("18.06.1994", "18/06/1994 00:00:00", "1994-06-18")]
    [TestCase("18.06.1994", "1994-06-18", "1994-06-18")]
    [TestCase("18.06.1994", "03.04.1994", "1994-04-03", Description = "the day stands first")]
    [TestCase("18.06.1994", "06.1994", "1994-06")]
    [TestCase("18.06.1994", "1994", "1994")]
    public void Should_read_every_form_of_date_and_fill_nothing_in(string part, string by, string expected)
    {
        var dossier = part == by ? PortalDossier.Birth : PortalDossier.Replacing(PortalDossier.Birth, part, by);

        Assert.That((string?)PortalDossier.Body(dossier)["mother"]!["birthDate"], Is.EqualTo(expected));
    }

    [TestCase("<maGCS>00042.GCS.01901.26<", "<maGCS>Không có thông tin<", "birthNoticeNumber")]
    [TestCase("<maGCS>00042.GCS.01901.26<", "<maGCS>KHO\u0302NG  co\u0301 thông tin <", "birthNoticeNumber")]
    public void Should_take_the_filler_for_unknown_where_something_must_be_said(string part, string by, string field) =>
        AssertSame(PortalDossier.Body(PortalDossier.Replacing(PortalDossier.Birth, part, by))[field]!, """{"state": "unknown"}""");

    [Test]
    public void Should_take_the_filler_for_absent_elsewhere()
    {
        var dossier = PortalDossier.Replacing(PortalDossier.Birth, "<chaHoTen>Lê Văn Mẫu</chaHoTen><chaNgaySinh>1991<", "<chaHoTen>Lê Văn Mẫu</chaHoTen><chaNgaySinh>Không có thông tin<");

        Assert.That(PortalDossier.Body(dossier)["father"]!["birthDate"], Is.Null);
    }

    [TestCase("<DkttIsTtBo>1</DkttIsTtBo>", "<DkttIsTtMe>1</DkttIsTtMe>", "001194000217")]
    [TestCase("<DkttIsTtBo>1</DkttIsTtBo>", "<DkttIsTtBo>0</DkttIsTtBo><DkttChuHo>Lê Thị Hộ</DkttChuHo><DkttChuhoSoGiayTo>001155000099</DkttChuhoSoGiayTo>", "001155000099")]
    public void Should_find_the_head_of_the_household(string part, string by, string personalId) =>
        Assert.That((string?)PortalDossier.Body(PortalDossier.Replacing(PortalDossier.Birth, part, by))["householdHead"]!["personalId"], Is.EqualTo(personalId));

    [Test]
    public void Should_take_a_paper_in_place_of_the_death_notice()
    {
        var body = PortalDossier.Body(PortalDossier.Replacing(PortalDossier.Death, "<maGBT>00311.GBT.01901.26</maGBT>", "<gbtSo>15/GBT</gbtSo><gbtNgay>20.11.2026</gbtNgay><gbtCoQuanCap>UBND xã Giả Định</gbtCoQuanCap>"));

        AssertSame(body["deathNoticeNumber"]!, """{"state": "unknown"}""");
        AssertSame(body["deathProof"]!, """{"kind": "other", "number": "15/GBT", "issuedOn": "2026-11-20", "issuer": "UBND xã Giả Định"}""");
    }

    [TestCase("123456789", "oldIdCard")]
    [TestCase("C1234567", "identityDocument")]
    public void Should_know_a_document_by_its_form(string number, string field) =>
        Assert.That(PortalDossier.Body(PortalDossier.Replacing(PortalDossier.Birth, "001194000217", number))["mother"]![field], Is.Not.Null);

    private static void AssertSame(JsonNode actual, string expected) => Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), Is.True, actual.ToString());
}
