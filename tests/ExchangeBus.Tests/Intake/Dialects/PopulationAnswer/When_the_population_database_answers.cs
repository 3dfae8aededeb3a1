using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Dialects.PopulationAnswer;
using ExchangeBus.Tests.Schemas;
using static ExchangeBus.Tests.Intake.Dialects.RandomCitizens;

namespace ExchangeBus.Tests.Intake.Dialects.PopulationAnswer;

internal sealed class When_the_population_database_answers
{
    private const string Path = "/Envelope/Body/CongdanCollection/CongDan[1]";

    private static readonly RandomCitizens Random = new(
        Object(("family", Maybe(Text)), ("middle", Maybe(Text)), ("given", Text.Select(Value))).Select(name => (JsonObject?)name),
        Object(("given", Text.Select(Value))).Select(name => (JsonObject?)name),
        Optional(Gen.OneOf(
            Object(("unit", Digits(5).Select(Value)), ("province", Maybe(Digits(2))), ("district", Maybe(Digits(3))), ("detail", Maybe(Text)), ("country", Maybe(Gen.Const("VN")))),
            Object(("unit", Digits(3).Select(Value)), ("province", Maybe(Digits(2)))), Object(("unit", Digits(2).Select(Value)), ("country", Maybe(Gen.Const("LA")))), Object(("detail", Text.Select(Value))))),
        Optional(Object(("code", OneOf("01", "24", "55", "99").Select(Value)))));

    [Test]
    public void Should_become_a_citizen_that_the_schema_takes()
    {
        var body = Single(PopulationAnswers.Sound);

        Assert.That(PublishedSchemas.Validate("population/citizenupdated", Encoding.UTF8.GetBytes(body.ToJsonString())), Is.Empty);
        Assert.That(JsonNode.DeepEquals(body, JsonNode.Parse("""
            {
              "personalId": "040090001234", "oldIdCard": "181234567", "name": {"given": "PHAN VĂN Thí Dụ"}, "gender": "male", "ethnicity": {"code": "01"},
              "religion": "00", "maritalStatus": "2", "bloodType": "00", "birthDate": "1990-02-28",
              "birthRegistrationPlace": {"unit": "17329", "district": "425", "province": "40", "detail": "XÓM 3", "country": "VN"},
              "nativePlace": {"unit": "40", "country": "VN"},
              "permanentResidence": {"unit": "17329", "district": "425", "province": "40", "detail": "XÓM 3", "country": "VN"},
              "father": {"name": {"given": "PHAN VĂN CẢ"}, "nationality": "VN", "personalId": "040060000111"},
              "householdHead": {"relation": "CH01", "personalId": "040090001234", "oldIdCard": "181234567", "name": {"given": "PHAN VĂN THÍ DỤ"}},
              "householdBookNumber": "cm41"
            }
            """)), Is.True, body.ToString());
    }

    [Test]
    public void Should_be_the_same_answer_when_written_again()
    {
        var written = PopulationAnswerWriter.Write([Single(PopulationAnswers.Sound)]);

        Assert.That(Leaves(Encoding.UTF8.GetString(written.Message!)), Is.EquivalentTo(Leaves(PopulationAnswers.Sound)));
    }

    [Test]
    public void Should_read_back_any_citizen_that_is_written() =>
        Random.Citizen.Sample(citizen =>
        {
            var written = PopulationAnswerWriter.Write([citizen]);

            Assert.That(written.Violations, Is.Empty);
            Assert.That(written.LeftOut, Is.Empty);
            var read = Single(Encoding.UTF8.GetString(written.Message!));
            Assert.That(JsonNode.DeepEquals(read, citizen), Is.True, $"{citizen}\n{read}");
        }, iter: 300);

    [TestCase("<ns1:Nam>1990</ns1:Nam><ns1:NgayThangNam>19900228</ns1:NgayThangNam>", "<ns1:Nam>1990</ns1:Nam><ns1:NgayThangNam/>", "1990")]
    [TestCase("<ns1:Nam>1990</ns1:Nam>", "", "1990-02-28")]
    public void Should_keep_a_birth_date_as_partial_as_it_is(string part, string by, string expected) =>
        Assert.That((string?)Single(PopulationAnswers.Replacing(part, by))["birthDate"], Is.EqualTo(expected));

    [TestCase("<ns1:Nam>1990<", "<ns1:Nam>1991<", "value", Path + "/NgayThangNamSinh")]
    [TestCase("19900228", "19900230", "value", Path + "/NgayThangNamSinh/NgayThangNam")]
    [TestCase("19900228", "1990-02-28", "value", Path + "/NgayThangNamSinh/NgayThangNam")]
    [TestCase("<ns1:DanToc>01<", "<ns1:DanToc>56<", "value", Path + "/DanToc")]
    [TestCase("<ns1:DanToc>01<", "<ns1:DanToc><ns1:MaDanToc>01</ns1:MaDanToc><", "unknownelement", Path + "/DanToc/MaDanToc")]
    [TestCase("17329", "1732", "value", Path + "/NoiDangKyKhaiSinh/MaPhuongXa")]
    [TestCase("<ns1:Ten>PHAN VĂN Thí Dụ</ns1:Ten>", "", "missing", Path)]
    [TestCase("<ns1:CongdanCollection ", "<ns1:CongdanCollection SoCongDan='2' ", "count", "/Envelope/Body/CongdanCollection/@SoCongDan")]
    [TestCase("CongdanCollection", "DanhSach", "missing", "/Envelope/Body")]
    [TestCase("</soapenv:Body>", "<extra/></soapenv:Body>", "unknownelement", "/Envelope/Body/extra")]
    [TestCase("</soapenv:Body>", "</soapenv:Body><soapenv:Other/>", "unknownelement", "/Envelope/Other")]
    [TestCase("</soapenv:Body>", "</soapenv:Body><soapenv:Body/>", "root", "")]
    [TestCase("soap/envelope", "soap/other", "root", "")]
    [TestCase("<ns1:CongdanCollection ", "<soapenv:Fault><faultstring>Phan Văn</faultstring></soapenv:Fault><ns1:CongdanCollection ", "soapfault", "/Envelope/Body/Fault")]
    public void Should_name_the_place_and_the_reason(string part, string by, string code, string location)
    {
        var reading = Read(PopulationAnswers.Replacing(part, by));

        Assert.That(reading.Citizens, Is.Empty);
        Assert.That(reading.Violations.Select(v => (v.Code, v.Pointer)), Does.Contain(($"populationanswer.{code}", location)));
        Assert.That(string.Concat(reading.Violations), Does.Not.Contain("Phan").And.Not.Contain("19900230"));
    }

    [TestCaseSource(nameof(Attacks))]
    public void Should_refuse_an_attack(XmlAttack attack) =>
        Assert.That(Read(attack.Around(PopulationAnswers.Sound)).Violations.Select(v => v.Code), Has.Member($"populationanswer.{attack.Code}"));

    [Test]
    public void Should_take_SOAP_1_2() => Single(PopulationAnswers.Replacing("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"));

    [TestCase("ethnicity", """{"code":"24","name":"Cuối"}""", "/0/ethnicity/name")]
    public void Should_name_the_fields_that_the_answer_has_no_place_for(string field, string value, string pointer) =>
        Assert.That(PopulationAnswerWriter.Write([With(field, value)]).LeftOut, Is.EqualTo([pointer]));

    [TestCase("birthDate", "\"1990-02\"", "/0/birthDate")]
    [TestCase("father", """{"name":{"family":"Phan","given":"Cả"}}""", "/0/father/name", Description = "a relative has one text; where it was cut would be lost")]
    [TestCase("nativePlace", """{"unit":"40","province":"40"}""", "/0/nativePlace")]
    [TestCase("nativePlace", """{"province":"40"}""", "/0/nativePlace")]
    public void Should_refuse_to_write_what_would_come_back_as_something_else(string field, string value, string pointer) =>
        Assert.That(PopulationAnswerWriter.Write([With(field, value)]).Violations.Select(v => (v.Code, v.Pointer)), Is.EqualTo([("populationanswer.notrepresentable", pointer)]));

    private static IEnumerable<TestCaseData> Attacks() => XmlAttacks.All.Select(attack => new TestCaseData(attack).SetArgDisplayNames(attack.Name));

    private static JsonObject With(string field, string value) =>
        new() { ["personalId"] = "040090001234", ["name"] = new JsonObject { ["given"] = "DỤ" }, [field] = JsonNode.Parse(value) };

    private static JsonObject Single(string message)
    {
        var reading = Read(message);
        Assert.That(reading.Violations, Is.Empty);
        return JsonNode.Parse(reading.Citizens.Single().Span)!.AsObject();
    }

    private static CitizenReading Read(string message) => PopulationAnswerReader.Read(Encoding.UTF8.GetBytes(message));

    private static IEnumerable<string> Leaves(string message) => XElement.Parse(message).Descendants().Where(e => !e.HasElements && e.Value.Length > 0 && e.Name.LocalName != "Header")
        .Select(e => $"{string.Join('/', e.AncestorsAndSelf().Select(a => a.Name))}={e.Value}");
}
