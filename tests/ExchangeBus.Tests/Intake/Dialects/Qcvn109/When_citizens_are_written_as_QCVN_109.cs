using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;
using ExchangeBus.Intake.Dialects.Qcvn109;
using ExchangeBus.Tests.Schemas;
using static ExchangeBus.Tests.Intake.Dialects.RandomCitizens;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_citizens_are_written_as_QCVN_109
{
    private static readonly Gen<JsonObject?> Name = Object(("family", Maybe(Text)), ("middle", Maybe(Text)), ("given", Text.Select(Value))).Select(name => (JsonObject?)name);

    private static readonly RandomCitizens Random = new(
        Name, Name,
        Optional(Object(("unit", Unit.Select(Value)), ("detail", Maybe(Text)), ("country", Maybe(OneOf("VN", "LA"))))),
        Optional(Object(("code", OneOf("01", "24", "55", "99").Select(Value)), ("name", Maybe(Text)))));

    [Test]
    public void Should_be_read_back_as_exactly_what_they_were() =>
        Random.Citizen.Array[0, 3].Sample(citizens =>
        {
            var written = Qcvn109Writer.Write(citizens, "Đợt 1");

            Assert.That(written.Violations, Is.Empty);
            Assert.That(written.LeftOut, Is.Empty);
            AssertSame(citizens, written.Message!);
        }, iter: 300);

    [Test]
    public void Should_write_the_sample_of_the_regulation_as_it_is()
    {
        var sample = SampleOfTheRegulation.Bytes();

        var written = Qcvn109Writer.Write(Bodies(sample), "Ví dụ thông điệp dữ liệu");

        Assert.That(Canonical(XElement.Load(new MemoryStream(written.Message!))), Is.EqualTo(Canonical(XElement.Load(new MemoryStream(sample)))));
    }

    [TestCase("1990", "Nam", "1990")]
    [TestCase("1990-01-01", "NgayThangNam", "1990-01-01")]
    public void Should_keep_a_birth_date_as_partial_as_it_is(string date, string element, string text)
    {
        var birth = Root(Qcvn109Writer.Write([Citizen(("birthDate", date))]).Message!).Descendants().Single(e => e.Name.LocalName == "NgayThangNamSinh");

        Assert.That(birth.Elements().Select(e => (e.Name.LocalName, e.Value)), Is.EqualTo([(element, text)]));
    }

    [TestCase("birthDate", "1990-02")]
    [TestCase("householdBookNumber", "hai  dấu cách")]
    public void Should_refuse_what_would_come_back_as_something_else(string field, string value)
    {
        var written = Qcvn109Writer.Write([Citizen(), Citizen((field, value))]);

        Assert.That(written.Message, Is.Null);
        Assert.That(written.Violations.Select(v => (v.Code, v.Pointer)), Is.EqualTo([("qcvn109.notrepresentable", $"/1/{field}")]));
    }

    // Not an attribute's text: the compiler would put U+FFFD in the place of half a pair.
    [TestCase(0xFFFE)]
    [TestCase(0xD800)]
    public void Should_refuse_what_is_no_character_of_XML(int character) =>
        Should_refuse_what_would_come_back_as_something_else("householdBookNumber", $"{(char)character}");

    [Test]
    public void Should_name_the_fields_that_the_regulation_has_no_place_for()
    {
        var citizen = Citizen();
        citizen["nativePlace"] = new JsonObject { ["unit"] = "00004", ["province"] = "01" };

        Assert.That(Qcvn109Writer.Write([citizen]).LeftOut, Is.EqualTo(["/0/nativePlace/province"]));
    }

    [TestCase("2026-11-23T08:30:00+07:00", "2026-11-23T08:30:00")]
    [TestCase("2026-11-23T01:30:00Z", "2026-11-23T08:30:00")]
    public void Should_write_the_moment_in_Vietnamese_time(string dataAsOf, string expected) =>
        Assert.That((string?)Root(Qcvn109Writer.Write([Citizen(("dataAsOf", dataAsOf))]).Message!).Attribute("ThoiDiemDuLieu"), Is.EqualTo(expected));

    [Test]
    public void Should_not_put_bodies_of_two_moments_under_one() =>
        Assert.That(
            Qcvn109Writer.Write([Citizen(("dataAsOf", "2026-11-23T08:30:00+07:00")), Citizen(("dataAsOf", "2026-11-24T08:30:00+07:00"))]).Violations.Single().Pointer,
            Is.EqualTo("/1/dataAsOf"));

    [TestCaseSource(nameof(ValidExamples))]
    public void Should_write_every_valid_example(string file)
    {
        var example = SchemaFolder.Parse(file).AsObject();
        if (((string?)example["birthDate"])?.Length == "1985-07".Length)
        {
            Assert.That(Qcvn109Writer.Write([example]).Violations.Select(v => v.Pointer), Is.EqualTo(["/0/birthDate"]), "a year with a month has no place");
            example.Remove("birthDate");
        }

        var written = Qcvn109Writer.Write([example]);
        Assert.That(written.LeftOut, Is.EquivalentTo(RemoveStates(example, "/0")), "what the dialect cannot say is named");
        AssertSame([example], written.Message!);
    }

    private static List<string> RemoveStates(JsonObject fields, string pointer)
    {
        var removed = new List<string>();
        foreach (var (name, value) in fields.ToArray())
        {
            if (value is JsonObject { Count: 1 } state && state.ContainsKey("state"))
            {
                fields.Remove(name);
                removed.Add($"{pointer}/{name}");
            }
            else if (value is JsonObject inner)
            {
                removed.AddRange(RemoveStates(inner, $"{pointer}/{name}"));
            }
        }

        return removed;
    }

    private static IEnumerable<TestCaseData> ValidExamples() =>
        SchemaFolder.Examples("population/citizenupdated", "valid").Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileName(file)));

    private static void AssertSame(JsonObject[] expected, byte[] message)
    {
        var actual = Bodies(message);
        Assert.That(actual, Has.Count.EqualTo(expected.Length));
        for (var i = 0; i < actual.Count; i++)
            Assert.That(JsonNode.DeepEquals(actual[i], expected[i]), Is.True, $"{expected[i]}\n{actual[i]}");
    }

    private static List<JsonObject> Bodies(byte[] message)
    {
        var reading = Qcvn109Reader.Read(message);
        Assert.That(reading.Violations, Is.Empty);
        return [.. reading.Citizens.Select(body => JsonNode.Parse(body.Span)!.AsObject())];
    }

    private static JsonObject Citizen(params (string Field, string Value)[] fields)
    {
        var citizen = new JsonObject { ["oldIdCard"] = "181234567", ["name"] = new JsonObject { ["given"] = "Dụ" } };
        foreach (var (field, value) in fields)
            citizen[field] = value;
        return citizen;
    }

    private static XElement Root(byte[] message) => XElement.Load(new MemoryStream(message));

    // Prefixes, comments and blanks between elements say nothing.
    private static string Canonical(XElement element) =>
        $"<{element.Name}{string.Concat(element.Attributes().Where(a => !a.IsNamespaceDeclaration).OrderBy(a => a.Name.LocalName, StringComparer.Ordinal).Select(a => $" {a.Name}={a.Value}"))}>" +
        $"{(element.HasElements ? string.Concat(element.Elements().Select(Canonical)) : element.Value)}</>";
}
