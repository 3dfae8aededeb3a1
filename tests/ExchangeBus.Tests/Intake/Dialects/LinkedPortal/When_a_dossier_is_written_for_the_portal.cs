using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.LinkedPortal;
using ExchangeBus.Intake.Dialects.Names;
using ExchangeBus.Tests.Schemas;
using static ExchangeBus.Tests.Intake.Dialects.RandomCitizens;

namespace ExchangeBus.Tests.Intake.Dialects.LinkedPortal;

internal sealed class When_a_dossier_is_written_for_the_portal
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7));
    private static readonly LinkedPortalWriter Writer = new(PortalDossier.Procedures);

    private static readonly Gen<JsonObject?> Name = Object(("given", Text.Select(Value))).Select(name => (JsonObject?)name);
    private static readonly Gen<string> Day = Gen.Int[0, 146_096].Select(days => new DateOnly(1800, 1, 1).AddDays(days).ToString("yyyy-MM-dd", null));
    private static readonly Gen<JsonObject?> Detail = Optional(Object(("detail", Text.Select(Value))));

    private static readonly Gen<JsonObject> Adult = Object(
        ("personalId", Digits(12).Select(Value)), ("name", Of(Name)), ("birthDate", Maybe(Gen.OneOf(Day, Day.Select(day => day[..7]), Day.Select(day => day[..4])))),
        ("ethnicity", Maybe(OneOf("01", "24", "99"))), ("nationality", Maybe(OneOf("VN", "LA"))), ("residence", Of(Detail)));

    private static readonly Gen<JsonObject> Applicant = Object(("oldIdCard", Maybe(Digits(9))), ("name", Of(Name)));

    private static readonly Gen<JsonObject> Birth = Object(
        ("dossierNumber", Gen.Const("G22.99.08-261123-000042").Select(Value)), ("commune", Digits(5).Select(Value)),
        ("procedures", Gen.Const(0).Select(_ => (JsonNode?)new JsonArray("permanentResidence", "healthCard"))),
        ("birthNoticeNumber", Gen.OneOf(Gen.Const("00042.GCS.01901.26").Select(Value), Gen.Const(0).Select(_ => (JsonNode?)new JsonObject { ["state"] = "unknown" }))),
        ("child", Of(Object(
            ("name", Of(Name)), ("gender", OneOf("male", "female", "unknown").Select(Value)), ("birthDate", Day.Select(Value)),
            ("birthPlace", Of(Object(("unit", Unit.Select(Value)), ("detail", Maybe(Text))).Select(place => (JsonObject?)place))),
            ("nativePlace", Of(Detail)), ("ethnicity", OneOf("01", "54").Select(Value)), ("nationality", Maybe(OneOf("VN")))).Select(child => (JsonObject?)child))),
        ("mother", Of(Adult.Select(mother => (JsonObject?)mother))), ("father", Of(Optional(Adult))), ("applicant", Of(Applicant.Select(a => (JsonObject?)a))),
        ("applicantRelation", Maybe(Text)), ("householdHead", Of(Applicant.Select(a => (JsonObject?)a))), ("householdHeadRelation", Maybe(OneOf("01", "CH.2"))));

    [Test]
    public void Should_be_read_back_as_exactly_what_it_was() =>
        Birth.Sample(birth =>
        {
            var written = Writer.WriteBirth(birth, Cover("2.002621"));

            Assert.That(written.Violations, Is.Empty);
            Assert.That(written.LeftOut, Is.Empty);
            var read = PortalDossier.Body(JsonNode.Parse(written.Message!)!);
            Assert.That(JsonNode.DeepEquals(read, birth), Is.True, $"{birth}\n{read}");
        }, iter: 200);

    [TestCase("birth", "2.002621")]
    [TestCase("death", "2.002622")]
    public void Should_say_what_the_example_says(string module, string procedure)
    {
        var dossier = module == "birth" ? PortalDossier.Birth : PortalDossier.Death;
        var body = PortalDossier.Body(dossier);

        var written = Write(module, body, Cover(procedure, dossier));

        Assert.That(written.Violations, Is.Empty);
        Assert.That(written.LeftOut, Is.Empty);
        var again = JsonNode.Parse(written.Message!)!.AsObject();
        Assert.That(JsonNode.DeepEquals(PortalDossier.Body(again), body), Is.True, again.ToString());
        var (before, after) = (Leaves(dossier), Leaves(again));
        var keptOnly = before.Keys.Except(after.Keys).Where(element => before[element] != "Không có thông tin");
        Assert.That(keptOnly, Is.SubsetOf(new[] { "ngayCapGCS", "loaiDangKy", "noiDangKy", "soLuongBanSao", "nycSoDienThoai", "ngayCapGBT" }), "only what has no canonical field");
        foreach (var (element, value) in after.Where(e => !e.Key.Contains("Ngay", StringComparison.Ordinal)))
            Assert.That(value, Is.EqualTo(before[element]), element);
    }

    [TestCaseSource(nameof(ValidDeaths))]
    public void Should_write_every_valid_death_or_say_what_it_left_out(string file)
    {
        var body = SchemaFolder.Parse(file).AsObject();

        var written = Writer.WriteDeath(body, Cover("2.002622"));

        // A choice beyond the deletion of the residence has no place in the payload.
        Assert.That(written.Violations, Has.All.Matches<ExchangeBus.Contracts.Violation>(v => v!.Code == "linkedportal.notrepresentable"));
        if (written.Message is { } message)
            Assert.That(PortalDossier.Read(JsonNode.Parse(message)!).Violations, Is.Empty);
        else
            Assert.That(written.Violations, Is.Not.Empty);
    }

    [Test]
    public void Should_write_a_name_in_parts_as_the_same_name()
    {
        var body = PortalDossier.Body(PortalDossier.Birth);
        var split = new JsonObject { ["family"] = "Trần", ["middle"] = "Thị Minh", ["given"] = "Họa" };
        body["mother"]!["name"] = split.DeepClone();

        var read = PortalDossier.Body(JsonNode.Parse(Writer.WriteBirth(body, Cover("2.002621", PortalDossier.Birth)).Message!)!);

        Assert.That(NameComparison.AreSame(read["mother"]!["name"]!.AsObject(), split), Is.True);
    }

    [TestCase("/procedures", "procedures", "[\"healthCard\"]")]
    [TestCase("/maGCS", "birthNoticeNumber", "{\"state\":\"none\"}")]
    public void Should_refuse_what_the_payload_cannot_say(string pointer, string field, string json)
    {
        var body = PortalDossier.Body(PortalDossier.Birth);
        body[field] = JsonNode.Parse(json);

        Assert.That(Writer.WriteBirth(body, Cover("2.002621", PortalDossier.Birth)).Violations.Select(v => v.Pointer), Is.EqualTo([pointer]));
    }

    [Test]
    public void Should_name_what_the_payload_has_no_place_for()
    {
        var body = PortalDossier.Body(PortalDossier.Birth);
        body["mother"]!["residence"] = new JsonObject { ["unit"] = "00004", ["detail"] = "Số 12" };

        Assert.That(Writer.WriteBirth(body, Cover("2.002621", PortalDossier.Birth)).LeftOut, Is.EqualTo(["/mother/residence/unit"]));
    }

    [Test]
    public void Should_not_write_a_file_of_other_bytes() =>
        Assert.That(
            Writer.WriteBirth(PortalDossier.Body(PortalDossier.Birth), new PortalCover("2.002621", ReceivedAt, _ => [1])).Violations.Select(v => v.Pointer),
            Is.EqualTo(["/attachments/0/sha256"]));

    private static IEnumerable<TestCaseData> ValidDeaths() => SchemaFolder.Folders.Contains("portal/linkeddeathsubmitted")
        ? SchemaFolder.Examples("portal/linkeddeathsubmitted", "valid").Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(file)))
        : [];

    private static DialectWriting Write(string module, JsonObject body, PortalCover cover) => module == "birth" ? Writer.WriteBirth(body, cover) : Writer.WriteDeath(body, cover);

    private static PortalCover Cover(string procedure, JsonObject? filesOf = null) => new(procedure, ReceivedAt, hash =>
        (filesOf?["fileDinhKem"] as JsonArray ?? []).Select(file => Convert.FromBase64String((string)file!["duLieuTepDinhKem"]!))
            .FirstOrDefault(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash));

    private static Dictionary<string, string> Leaves(JsonObject dossier) =>
        XElement.Parse(PortalDossier.Data(dossier)).DescendantsAndSelf().Where(e => !e.HasElements).ToDictionary(e => e.Name.LocalName, e => e.Value);
}
