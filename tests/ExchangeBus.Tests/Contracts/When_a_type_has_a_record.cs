using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ExchangeBus.Contracts;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Contracts;

internal sealed class When_a_type_has_a_record
{
    /// <summary>No steps of a linked procedure: what the bus says of itself, and what agencies tell each other outside of one.</summary>
    private static readonly string[] WithoutRecord =
    [
        EventTypes.CitizenUpdated, EventTypes.DataErrorReported,
        EventTypes.AgreementChanged, EventTypes.SubscriptionChanged, EventTypes.AgreementExpired, EventTypes.SubscriptionExpired, EventTypes.DeliveryExhausted,
    ];

    private static readonly JsonSerializerOptions Strict = new(EventData.Json) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static IEnumerable<string> TypesWithRecord => SchemaFolder.EventTypeValues.Where(type => RecordOf(type) is not null);

    [Test]
    public void Should_be_every_type_but_a_named_few() =>
        Assert.That(SchemaFolder.EventTypeValues.Except(TypesWithRecord), Is.EquivalentTo(WithoutRecord));

    [TestCaseSource(nameof(TypesWithRecord))]
    public void Should_read_every_valid_example_whole_and_write_it_back(string type)
    {
        var record = RecordOf(type)!;
        var files = SchemaFolder.Examples(SchemaFolder.FolderOf(type), "valid").ToList();

        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var written = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(File.ReadAllBytes(file), record, Strict), record, Strict);

            Assert.That(JsonNode.DeepEquals(written, SchemaFolder.Parse(file)), Is.True, $"{file}\n{written}");
        }
    }

    private static Type? RecordOf(string type) =>
        typeof(EventTypes).Assembly.GetExportedTypes().SingleOrDefault(record => record.Name == SchemaFolder.EventTypeNames[type]);
}
