using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Tracing;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Procedures.Tracing;

[TestFixture]
public sealed class When_an_event_is_traced
{
    private static readonly EventTraces Traces = new(about => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(about)).AsSpan(0, 16)));

    private static IEnumerable<string> TypesOfRecords => TracedTypes.All.Where(t => t.Value.Entry is not null || t.Value.Record is not null).Select(t => t.Key);

    private static IEnumerable<string> TypesOfFacts => TracedTypes.All.Where(t => t.Value.Fact is not null).Select(t => t.Key);

    [TestCaseSource(nameof(TypesOfRecords))]
    public void Should_find_the_record_of_the_book_in_every_example(string type)
    {
        foreach (var traced in ExamplesOf(type))
        {
            Assert.That(traced.Record, Does.Match("^(birth|death|marriage|parentage|guardianship|other)/[0-9]{5}/[0-9]{1,3}/[0-9]{4}/."));
            Assert.That(traced.Keys, Has.Member(Traces.OfRecord(traced.Record!)));
        }
    }

    [TestCaseSource(nameof(TypesOfFacts))]
    public void Should_find_the_dossier_or_the_person_of_what_a_branch_has_brought(string type) =>
        Assert.That(ExamplesOf(type).Where(t => t.DossierNumber is not null || Encoding.UTF8.GetString(t.Logged.Data.Span).Contains("\"personalId\":\"", StringComparison.Ordinal)).Select(t => t.Keys.Count),
            Is.Not.Empty.And.All.GreaterThan(0));

    [Test]
    public void Should_find_every_personal_number_wherever_it_stands()
    {
        var body = JsonNode.Parse("""{"dossierNumber":"G22.99.08-261123-000042","mother":{"personalId":"001190000001"},"others":[{"personalId":"001190000002"},{"personalId":{"state":"none"}}]}""")!;

        var traced = Traces.Of(Logged(EventTypes.LinkedBirthSubmitted, body))!;

        Assert.That(traced.Keys, Is.EquivalentTo([Traces.OfDossier("G22.99.08-261123-000042"), Traces.OfPerson("001190000001"), Traces.OfPerson("001190000002")]));
        Assert.That(traced.Type.CarriesRegistration, Is.False, "what the citizen has declared is not the book");
    }

    [Test]
    public void Should_keep_apart_the_books_of_births_and_of_deaths()
    {
        static JsonObject Correction(string kind) => new JsonObject
        {
            ["registration"] = new JsonObject { ["kind"] = kind, ["registrationNumber"] = "24", ["book"] = "01/2026", ["commune"] = "00004" },
        };

        Assert.That(Traces.Of(Logged(EventTypes.CivilStatusCorrected, Correction("birth")))!.Keys, Is.Not.EqualTo(Traces.Of(Logged(EventTypes.CivilStatusCorrected, Correction("death")))!.Keys));
    }

    [Test]
    public void Should_leave_all_other_types() => Assert.That(Traces.Of(Logged(EventTypes.DossierProgressed, JsonNode.Parse("{}")!)), Is.Null);

    private static IEnumerable<Traced> ExamplesOf(string type) =>
        SchemaFolder.Examples(SchemaFolder.FolderOf(type), "valid").Select(file => Traces.Of(Logged(type, SchemaFolder.Parse(file)))!);

    private static LoggedEvent Logged(string type, JsonNode body) => new()
    {
        Sequence = 1,
        Lane = 0,
        Type = type,
        RecordedAt = DateTimeOffset.UnixEpoch,
        Envelope = [],
        Data = Encoding.UTF8.GetBytes(body.ToJsonString()),
    };
}
