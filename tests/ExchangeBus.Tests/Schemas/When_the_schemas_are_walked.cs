using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExchangeBus.Contracts;

namespace ExchangeBus.Tests.Schemas;

internal sealed partial class When_the_schemas_are_walked
{
    private static readonly string[] Classifications = ["public", "personal", "sensitive"];

    private static IEnumerable<string> Files =>
        SchemaFolder.Folders.Append("definitions").Select(SchemaFolder.SchemaFile);

    [Test]
    public void Should_find_one_schema_for_each_event_type_and_none_besides() =>
        Assert.That(SchemaFolder.Folders, Is.EquivalentTo(SchemaFolder.EventTypeValues.Select(SchemaFolder.FolderOf)));

    [TestCaseSource(nameof(Files))]
    public void Should_find_the_identity_that_the_path_says(string file)
    {
        var schema = SchemaFolder.Parse(file);
        var path = Path.GetRelativePath(SchemaFolder.Root, file).Replace('\\', '/');

        Assert.That((string?)schema["$schema"], Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
        Assert.That((string?)schema["$id"], Is.EqualTo($"https://schemas.exchangebus.vn/{path}"));
        Assert.That((string?)schema["title"], Does.Contain(" / "), "Vietnamese / English");
        Assert.That((string?)schema["description"], Is.Not.Null.And.Not.Empty);
    }

    [TestCaseSource(nameof(Files))]
    public void Should_find_every_field_classified_and_every_object_closed(string file)
    {
        var fields = Objects(SchemaFolder.Parse(file)).Where(schema => schema["properties"] is JsonObject).ToList();
        foreach (var schema in fields)
        {
            Assert.That((bool?)schema["additionalProperties"], Is.False, $"{schema.GetPath()} takes unknown fields");
            foreach (var (name, field) in schema["properties"]!.AsObject())
                Assert.That(Classifications, Does.Contain((string?)field!["x-classification"]), $"{schema.GetPath()}: {name}");
        }

        Assert.That(fields.Count > 0 || SchemaFolder.Parse(file)["$ref"] is not null, "no fields at all");
    }

    [TestCaseSource(nameof(Files))]
    public void Should_find_every_reference_and_every_text_bounded(string file)
    {
        foreach (var schema in Objects(SchemaFolder.Parse(file)))
        {
            var target = SchemaFolder.Follow(schema, file).Schema;
            if (target["type"] is JsonValue type && (string)type! == "string" && target["enum"] is null)
                Assert.That((int?)target["maxLength"], Is.InRange(2, 2000), target.GetPath());
            if ((string?)target["pattern"] is { } pattern)
                Assert.That(pattern, Does.Not.Contain(@"\d"), "some engines take it for any digit of Unicode");
        }
    }

    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_find_enough_examples_named_after_what_they_show(string folder)
    {
        var valid = SchemaFolder.Examples(folder, "valid").ToList();
        var invalid = SchemaFolder.Examples(folder, "invalid").ToList();

        Assert.That(valid, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(invalid, Has.Count.GreaterThanOrEqualTo(4));
        Assert.That(valid.Concat(invalid).Select(file => Path.GetFileNameWithoutExtension(file)), Has.All.Matches<string?>(name => Kebab().IsMatch(name!)));
    }

    [Test]
    public void Should_find_an_example_event_that_the_bus_reads()
    {
        var bytes = File.ReadAllBytes(Path.Combine(SchemaFolder.Root, "portal/linkedbirthsubmitted/example.cloudevent.json"));

        Assert.That(CloudEventJson.TryRead(bytes, out var cloudEvent, out var builder), Is.True, string.Join('\n', builder.Violations));
        Assert.That(cloudEvent!.Type, Is.EqualTo(EventTypes.LinkedBirthSubmitted));
        Assert.That(cloudEvent.Source, Is.EqualTo("urn:exchangebus:agency:G22.99.08:portal"));
        Assert.That(cloudEvent.Subject, Is.EqualTo((string?)JsonNode.Parse(cloudEvent.Data.Span)!["dossierNumber"]));
    }

    /// <summary>TCVN 6909:2001 writes Vietnamese composed (NFC): a combining mark is a letter in two pieces.</summary>
    [TestCaseSource(nameof(Files))]
    public void Should_find_no_letter_in_two_pieces(string file)
    {
        var texts = Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*.json", SearchOption.AllDirectories);

        Assert.That(texts.Where(text => File.ReadAllText(text).Any(letter => letter is >= '\u0300' and <= '\u036F')), Is.Empty);
    }

    /// <summary>Every schema in the document; a condition (<c>if</c>) describes no field.</summary>
    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(pair => pair.Key != "if").SelectMany(pair => Objects(pair.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
