using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_a_record_meets_its_schema
{
    private static IEnumerable<string> TypesWithRecord => SchemaFolder.EventTypeValues.Where(type => type != EventTypes.CitizenUpdated);

    [TestCaseSource(nameof(TypesWithRecord))]
    public void Should_have_the_same_fields_and_the_same_required_ones(string type)
    {
        var file = SchemaFolder.SchemaFile(SchemaFolder.FolderOf(type));

        Compare(RecordOf(type), SchemaFolder.Parse(file).AsObject(), file, "");
    }

    [TestCaseSource(nameof(TypesWithRecord))]
    public void Should_read_and_write_every_valid_example_without_loss(string type)
    {
        foreach (var file in SchemaFolder.Examples(SchemaFolder.FolderOf(type), "valid"))
        {
            var message = JsonSerializer.Deserialize(File.ReadAllBytes(file), RecordOf(type), EventData.Json);
            var written = JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(message, RecordOf(type), EventData.Json));

            Assert.That(JsonNode.DeepEquals(written, SchemaFolder.Parse(file)), Is.True, $"{file}\n{written}");
        }
    }

    private static Type RecordOf(string type) =>
        typeof(LinkedBirthSubmitted).Assembly.GetType($"{typeof(LinkedBirthSubmitted).Namespace}.{SchemaFolder.EventTypeNames[type]}", throwOnError: true)!;

    private static void Compare(Type record, JsonObject schema, string file, string path)
    {
        (schema, file) = SchemaFolder.Follow(schema, file);
        var fields = EventData.Json.GetTypeInfo(record).Properties;

        Assert.That(schema["properties"]?.AsObject().Select(field => field.Key), Is.EquivalentTo(fields.Select(field => field.Name)), $"fields of {record.Name}{path}");
        Assert.That(schema["required"]?.AsArray().Select(name => (string)name!), Is.EquivalentTo(fields.Where(MustBePresent).Select(field => field.Name)), $"required of {record.Name}{path}");
        foreach (var field in fields)
        {
            var declared = SchemaFolder.Follow(schema["properties"]![field.Name]!.AsObject(), file);
            Assert.That(JsonTypeOf(declared.Schema), Is.EqualTo(JsonTypeOf(field.PropertyType)), $"{path}/{field.Name}");
            if (field.PropertyType.Namespace == typeof(Child).Namespace)
                Compare(field.PropertyType, declared.Schema, declared.File, $"{path}/{field.Name}");
        }
    }

    private static bool MustBePresent(JsonPropertyInfo field) =>
        field.IsRequired || field.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false };

    private static string JsonTypeOf(JsonObject schema) => (string?)schema["type"] ?? (schema["enum"] is JsonArray ? "string" : "any");

    private static string JsonTypeOf(Type type) =>
        type.Namespace == typeof(Child).Namespace || type == typeof(IReadOnlyDictionary<string, string>) ? "object"
        : type == typeof(IReadOnlyList<string>) ? "array"
        : "string";
}
