using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.JsonSchema;
using ExchangeBus.Schemas;
using ExchangeBus.Tests.Schemas.AsyncApi;

namespace ExchangeBus.Tests.Schemas;

public sealed class When_the_AsyncAPI_document_is_written
{
    private static readonly byte[] Written = AsyncApiDocument.Write(new SchemaCatalogue(new ContractFiles(SchemaFolder.Root)));
    private static readonly CompiledSchema Official = AsyncApiSchema.Load();

    [Test]
    public void Should_satisfy_the_official_schema_of_AsyncAPI_3() => Assert.That(Official.Validate(Written), Is.Empty);

    /// <summary>The eyes of the test above.</summary>
    [TestCase("operations/acknowledge/action", "\"shout\"")]
    [TestCase("channels/receipts/address", "7")]
    [TestCase("components/securitySchemes/bearer/type", "\"magic\"")]
    [TestCase("asyncapi", "\"2.6.0\"")]
    public void Should_be_refused_when_it_is_wrong(string path, string value)
    {
        var document = JsonNode.Parse(Written)!;
        var steps = path.Split('/');
        steps[..^1].Aggregate(document, (node, step) => node[step]!)[steps[^1]] = JsonNode.Parse(value);

        Assert.That(Official.Validate(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString())), Is.Not.Empty);
    }

    [Test]
    public void Should_name_every_type_in_every_channel_that_carries_events()
    {
        var document = JsonNode.Parse(Written)!;
        foreach (var channel in (string[])["events", "intake", "deliveries"])
        {
            Assert.That(document["channels"]![channel]!["messages"]!.AsObject().Select(message => message.Key), Is.EquivalentTo(SchemaFolder.EventTypeValues));
        }
    }

    [Test]
    public void Should_describe_every_field_of_a_receipt_and_of_what_it_says()
    {
        var receipt = JsonNode.Parse(Written)!["components"]!["schemas"]!["receipt"]!["properties"]!.AsObject();
        var violation = receipt["violations"]!["items"]!["properties"]!.AsObject();

        Assert.That(receipt.Select(field => field.Key), Is.EquivalentTo(Fields<Receipt>()));
        Assert.That(violation.Select(field => field.Key), Is.EquivalentTo(Fields<Violation>()));
        Assert.That(violation["severity"]!["enum"]!.AsArray().Select(value => (string?)value), Is.EquivalentTo(Enum.GetNames<Severity>().Select(name => name.ToLowerInvariant())));
    }

    private static IEnumerable<string> Fields<T>() => EventData.Json.GetTypeInfo(typeof(T)).Properties.Select(field => field.Name);

    [Test]
    public void Should_resolve_every_reference_and_give_events_that_are_valid_as_examples()
    {
        var document = JsonNode.Parse(Written)!;
        foreach (var reference in References(document).Where(reference => reference.StartsWith('#')))
        {
            Assert.That(reference[2..].Split('/').Aggregate((JsonNode?)document, (node, step) => node?[step]), Is.Not.Null, reference);
        }

        foreach (var (type, message) in document["components"]!["messages"]!.AsObject().Where(message => message.Key.StartsWith("vn.", StringComparison.Ordinal)))
        {
            var examples = message!["examples"]!.AsArray();
            Assert.That(examples, Is.Not.Empty, type);
            foreach (var example in examples)
            {
                Assert.That(CloudEventJson.TryRead(System.Text.Encoding.UTF8.GetBytes(example!["payload"]!.ToJsonString()), out var read, out _), Is.True, type);
                Assert.That(PublishedSchemas.Validate(SchemaFolder.FolderOf(type), read!.Data.Span), Is.Empty, type);
            }
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
