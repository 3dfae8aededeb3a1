using System.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Tests.Contracts;

internal sealed class When_a_field_may_be_stated
{
    private static readonly PersonName Name = new("Vàng", null, "Dụ");

    private static readonly TestCaseData[] Ways =
    [
        new TestCaseData(new Adult { Name = Name }, """{"name":{"family":"Vàng","given":"Dụ"}}""").SetArgDisplayNames("nothing said"),
        new TestCaseData(new Adult { Name = Name, BirthDate = "1999" }, """{"name":{"family":"Vàng","given":"Dụ"},"birthDate":"1999"}""").SetArgDisplayNames("partial value"),
        new TestCaseData(new Adult { Name = Name, BirthDate = Stated.Unknown<string>() }, """{"name":{"family":"Vàng","given":"Dụ"},"birthDate":{"state":"unknown"}}""").SetArgDisplayNames("unknown"),
        new TestCaseData(new Adult { Name = Name, Nationality = Stated.None<string>() }, """{"name":{"family":"Vàng","given":"Dụ"},"nationality":{"state":"none"}}""").SetArgDisplayNames("none"),
        new TestCaseData(new Adult { Name = Name, Residence = new Place { Detail = "Melbourne", Country = "AU" } }, """{"name":{"family":"Vàng","given":"Dụ"},"residence":{"detail":"Melbourne","country":"AU"}}""").SetArgDisplayNames("object"),
        new TestCaseData(new Adult { Name = Name, Residence = Stated.Unknown<Place>() }, """{"name":{"family":"Vàng","given":"Dụ"},"residence":{"state":"unknown"}}""").SetArgDisplayNames("unknown object"),
    ];

    [TestCaseSource(nameof(Ways))]
    public void Should_write_and_read_each_way_of_saying_it(Adult adult, string json)
    {
        Assert.That(Encoding.UTF8.GetString(EventData.Write(adult)), Is.EqualTo(json));
        Assert.That(EventData.Read<Adult>(Encoding.UTF8.GetBytes(json)), Is.EqualTo(adult));
    }

    /// <summary>The saga keeps its submission with options that know nothing of this project.</summary>
    [TestCaseSource(nameof(Ways))]
    public void Should_survive_any_serializer_options(Adult adult, string json)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);

        Assert.That(JsonSerializer.Deserialize<Adult>(JsonSerializer.Serialize(adult, options), options), Is.EqualTo(adult), json);
    }

    [TestCase("""{ "state": "maybe" }""")]
    [TestCase("""{ "state": "Unknown" }""")]
    [TestCase("""{ "state": 1 }""")]
    [TestCase("""{ "state": "unknown", "why": "?" }""")]
    [TestCase("""{ "value": "1999" }""")]
    [TestCase("1999")]
    public void Should_refuse_what_is_neither_value_nor_state(string birthDate)
    {
        var json = Encoding.UTF8.GetBytes($$"""{ "name": { "given": "Dụ" }, "birthDate": {{birthDate}} }""");

        Assert.That(() => EventData.Read<Adult>(json), Throws.InstanceOf<JsonException>());
    }
}
