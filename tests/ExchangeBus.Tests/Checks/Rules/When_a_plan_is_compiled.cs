using ExchangeBus.Checks;
using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Checks.Rules;

internal sealed class When_a_plan_is_compiled
{
    private static readonly CodeListFolder Lists = CodeListFolder.Load(Path.Combine(SchemaFolder.Root, "code-lists"));

    [Test]
    public void Should_find_fields_through_references_and_branches()
    {
        var root = Compile("""
            {
              "allOf": [ { "properties": { "a": { "$ref": "../../definitions/v1.schema.json#/$defs/personalId" } } } ],
              "if": { "properties": { "b": { "type": "string" } } },
              "then": { "properties": { "b": { "$ref": "#/$defs/local" } } },
              "else": { "properties": { "c~/d": { "oneOf": [ { "$ref": "../../definitions/v1.schema.json#/$defs/commune" }, { "type": "null" } ] } } },
              "$defs": { "local": { "$ref": "../../definitions/v1.schema.json#/$defs/partialDate", "x-date-role": "death" } }
            }
            """).Root;

        Assert.That(root.Children.Select(c => (c.Pointer, c.Kind, c.Role)), Is.EqualTo(new[]
        {
            ("/data/a", FieldKind.PersonalId, DateRole.None), ("/data/b", FieldKind.PartialDate, DateRole.Death), ("/data/c~0~1d", FieldKind.Commune, DateRole.None),
        }));
    }

    [Test]
    public void Should_end_at_a_schema_that_contains_itself() =>
        Assert.That(Compile("""{ "properties": { "next": { "$ref": "#" } } }""").Slots, Is.LessThan(100));

    [TestCase("""{ "properties": { "a": { "x-code-list": "colours" } } }""", "/data/a names the code list 'colours'")]
    [TestCase("""{ "properties": { "a": { "$ref": "../../definitions/v1.schema.json#/$defs/date", "x-date-role": "wedding" } } }""", "/data/a has the date role 'wedding'")]
    public void Should_not_pass_over_an_annotation_that_it_does_not_know(string schema, string message) =>
        Assert.That(() => Compile(schema), Throws.InvalidOperationException.With.Message.Contains(message));

    private static RulePlan Compile(string schema)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (var (path, text) in new[] { ("test/one", schema), ("definitions", File.ReadAllText(SchemaFolder.SchemaFile("definitions"))) })
            {
                Directory.CreateDirectory(Path.Combine(folder, path));
                File.WriteAllText(Path.Combine(folder, path, "v1.schema.json"), text);
            }

            return new RulePlans(new ContractFiles(folder), Lists).Find("vn.test.one.v1")!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
