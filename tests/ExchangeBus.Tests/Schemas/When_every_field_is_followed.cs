using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_every_field_is_followed
{
    private static readonly string[] Classifications = ["public", "personal", "sensitive"];

    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_find_each_classified(string folder)
    {
        var fields = SchemaField.Of(folder).ToList();

        Assert.That(fields, Is.Not.Empty);
        Assert.That(Unclassified(fields), Is.Empty);
    }

    [TestCaseSource(typeof(SchemaFolder), nameof(SchemaFolder.Folders))]
    public void Should_find_each_path_in_QCVN_109(string folder) => Assert.That(OutsideQcvn109(SchemaField.Of(folder)), Is.Empty);

    [TestCase("""{ "properties": { "a": { "type": "string" } } }""")]
    [TestCase("""{ "properties": { "a": { "x-classification": "secret", "type": "string" } } }""")]
    [TestCase("""{ "properties": { "a": { "x-classification": "public", "properties": { "b": { "type": "string" } } } } }""")]
    [TestCase("""{ "properties": { "a": { "x-classification": "public", "items": { "properties": { "b": { "type": "string" } } } } } }""")]
    [TestCase("""{ "if": true, "then": { "properties": { "a": { "type": "string" } } } }""")]
    public void Should_notice_a_field_without_class(string schema) => Assert.That(Unclassified(Fields(schema)), Is.Not.Empty);

    [TestCase("""{ "properties": { "a": { "x-qcvn109": "CongDan/SoHoChieu", "type": "string" } } }""")]
    [TestCase("""{ "properties": { "a": { "x-qcvn109": "CongDan/Me", "type": "string" } } }""")]
    [TestCase("""{ "properties": { "a": { "x-qcvn109": "CongDan/Me", "properties": { "b": { "x-qcvn109": "ThuongTru", "type": "object" } } } } }""")]
    [TestCase("""{ "properties": { "a": { "x-qcvn109": "@NguoiGui", "type": "string" } } }""")]
    public void Should_notice_a_path_that_leads_nowhere(string schema) => Assert.That(OutsideQcvn109(Fields(schema)), Is.Not.Empty);

    /// <summary>What law calls sensitive is classified so wherever it stands (Law 91/2025, Decree 356/2025).</summary>
    [Test]
    public void Should_find_ethnicity_religion_health_and_bank_accounts_sensitive()
    {
        string[] sensitive = ["ethnicity", "religion", "bloodType", "cause", "icd10", "bankAccount", "cardNumber", "healthCardNumber", "weightGrams"];
        var fields = SchemaFolder.Folders.SelectMany(folder => SchemaField.Of(folder).Select(field => (Folder: folder, Field: field)))
            .Where(found => sensitive.Contains(found.Field.Pointer.Split('/')[^1]) && found is not { Folder: "civilstatus/deathrevoked", Field.Pointer: "/cause" })
            .ToList();

        Assert.That(fields.Select(found => found.Field.Pointer.Split('/')[^1]).Distinct(), Is.EquivalentTo(sensitive));
        Assert.That(fields.Where(found => found.Field.Classification != "sensitive"), Is.Empty);
    }

    private static IEnumerable<SchemaField> Fields(string schema) => SchemaField.Within(JsonNode.Parse(schema)!.AsObject(), "");

    private static IEnumerable<string> Unclassified(IEnumerable<SchemaField> fields) =>
        fields.Where(field => !Classifications.Contains(field.Classification)).Select(field => field.Pointer);

    private static IEnumerable<string> OutsideQcvn109(IEnumerable<SchemaField> fields) =>
        fields.Where(field => field.Qcvn109 is { } path && !(field.IsLeaf ? Qcvn109Fields.Leaves : Qcvn109Fields.Groups).Contains(path))
            .Select(field => $"{field.Pointer}: {field.Qcvn109}");
}
