using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_a_record_meets_its_schema
{
    private static readonly Type[] Records = [.. typeof(LinkedBirthSubmitted).Assembly.GetTypes().Where(type => IsRecord(type) && type.IsPublic && SchemaFolder.EventTypeNames.Values.Contains(type.Name))];

    private static IEnumerable<string> TypesWithRecord => SchemaFolder.EventTypeValues.Where(type => Records.Any(record => record.Name == SchemaFolder.EventTypeNames[type]));

    [Test]
    public void Should_be_named_after_a_type_when_it_belongs_to_a_dossier() =>
        Assert.That(typeof(EventTypes).Assembly.GetTypes().Where(type => IsRecord(type) && type.GetProperty("DossierNumber") is not null), Is.SubsetOf(Records));

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

    /// <summary>Every field that may be stated is stated, one after the other, in every example that has it or its parent.</summary>
    [TestCaseSource(nameof(TypesWithRecord))]
    public void Should_read_and_write_every_state_without_loss(string type)
    {
        var folder = SchemaFolder.FolderOf(type);
        var pointers = SchemaField.Of(folder).Where(field => field.MayBeStated).Select(field => field.Pointer.Split('/')[1..]).ToList();
        foreach (var file in SchemaFolder.Examples(folder, "valid"))
        {
            foreach (var (pointer, state) in from pointer in pointers from state in new[] { "unknown", "none" } select (pointer, state))
            {
                var body = SchemaFolder.Parse(file).DeepClone();
                if (pointer[..^1].Aggregate((JsonNode?)body, (node, step) => node is JsonArray list ? list[0] : node?[step]) is not JsonObject parent || parent.ContainsKey("state"))
                    continue;
                parent[pointer[^1]] = new JsonObject { ["state"] = state };
                var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
                var written = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(bytes, RecordOf(type), EventData.Json), RecordOf(type), EventData.Json);

                // Where a state asks for another field, as no death notice asks for a proof, the example need not have it.
                Assert.That(PublishedSchemas.Validate(folder, bytes).Where(violation => !violation.SchemaLocation.EndsWith("/then/required", StringComparison.Ordinal)), Is.Empty, $"{file} {string.Join('/', pointer)}");
                Assert.That(JsonNode.DeepEquals(written, body), Is.True, $"{file} {string.Join('/', pointer)}");
            }
        }
    }

    /// <summary>The records stand in folders of the contracts, what carries them beside the folders.</summary>
    private static bool IsRecord(Type type) => type.IsClass && type.Namespace?.StartsWith(typeof(EventTypes).Namespace + ".", StringComparison.Ordinal) == true;

    private static Type RecordOf(string type) => Records.Single(record => record.Name == SchemaFolder.EventTypeNames[type]);

    private static void Compare(Type record, JsonObject schema, string file, string path)
    {
        (schema, file) = SchemaFolder.Follow(schema, file);
        var fields = EventData.Json.GetTypeInfo(record).Properties;

        Assert.That(schema["properties"]?.AsObject().Select(field => field.Key), Is.EquivalentTo(fields.Select(field => field.Name)), $"fields of {record.Name}{path}");
        Assert.That(schema["required"]?.AsArray().Select(name => (string)name!) ?? [], Is.EquivalentTo(fields.Where(MustBePresent).Select(field => field.Name)), $"required of {record.Name}{path}");
        foreach (var field in fields)
        {
            var (declared, place) = SchemaFolder.Follow(schema["properties"]![field.Name]!.AsObject(), file);
            var fieldType = Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;
            var isStated = fieldType.IsGenericType && fieldType.GetGenericTypeDefinition() == typeof(Stated<>);
            Assert.That(declared.ContainsKey("then"), Is.EqualTo(isStated), $"{path}/{field.Name} may be stated");
            if (isStated)
            {
                Assert.That((string?)declared["then"]!["$ref"], Does.EndWith("#/$defs/fieldState"));
                ((declared, place), fieldType) = (SchemaFolder.Follow(declared["else"]!.AsObject(), place), fieldType.GetGenericArguments()[0]);
            }

            Assert.That(JsonTypeOf(declared), Is.EqualTo(JsonTypeOf(fieldType)), $"{path}/{field.Name}");
            if (IsListOfRecords(fieldType))
                Compare(fieldType.GetGenericArguments()[0], declared["items"]!.AsObject(), place, $"{path}/{field.Name}/-");
            else if (IsRecord(fieldType))
                Compare(fieldType, declared, place, $"{path}/{field.Name}");
        }
    }

    private static bool IsListOfRecords(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && IsRecord(type.GetGenericArguments()[0]);

    private static bool MustBePresent(JsonPropertyInfo field) =>
        field.IsRequired || field.AssociatedParameter is { HasDefaultValue: false, IsNullable: false, IsMemberInitializer: false };

    private static string JsonTypeOf(JsonObject schema) => (string?)schema["type"] ?? (schema["enum"] is JsonArray ? "string" : "any");

    private static string JsonTypeOf(Type type) =>
        IsRecord(type) || type == typeof(IReadOnlyDictionary<string, string>) ? "object"
        : type == typeof(IReadOnlyList<string>) || IsListOfRecords(type) ? "array"
        : type == typeof(int) || type == typeof(long) ? "integer"
        : type == typeof(bool) ? "boolean"
        : "string";
}
