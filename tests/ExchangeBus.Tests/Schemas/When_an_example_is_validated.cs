using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.Schemas;

internal sealed partial class When_an_example_is_validated
{
    private static IEnumerable<TestCaseData> Valid => Cases("valid");

    private static IEnumerable<TestCaseData> Invalid => Cases("invalid");

    [TestCaseSource(nameof(Valid))]
    public void Should_take_a_valid_one(string folder, string name) =>
        Assert.That(PublishedSchemas.Validate(folder, File.ReadAllBytes(FileOf(folder, "valid", name))), Is.Empty);

    [TestCaseSource(nameof(Invalid))]
    public void Should_refuse_an_invalid_one_for_the_reason_in_its_name_alone(string folder, string name)
    {
        var file = FileOf(folder, "invalid", name);
        var violations = PublishedSchemas.Validate(folder, File.ReadAllBytes(file));

        Assert.That(violations, Is.Not.Empty);
        Assert.That(violations.Select(violation => violation.InstancePointer).Distinct().Count(), Is.EqualTo(1), "more than one place is wrong");
        Assert.That(violations, Has.All.Matches<SchemaViolation?>(violation => Explains(violation!, name, SchemaFolder.Parse(file))), string.Join('\n', violations));
    }

    [Test]
    public void Should_take_the_body_of_the_example_event()
    {
        var example = JsonNode.Parse(File.ReadAllText(Path.Combine(SchemaFolder.Root, "portal/linkedbirthsubmitted/example.cloudevent.json")))!;

        Assert.That(PublishedSchemas.Validate("portal/linkedbirthsubmitted", System.Text.Encoding.UTF8.GetBytes(example["data"]!.ToJsonString())), Is.Empty);
    }

    private static bool Explains(SchemaViolation violation, string name, JsonNode body)
    {
        var steps = violation.InstancePointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (name == "unknown-field")
            return violation.Keyword == "additionalProperties" && steps is [] or ["unknownField"];
        if (name.StartsWith("missing-", StringComparison.Ordinal))
        {
            var place = steps.Aggregate(body, (node, step) => (node is JsonArray list ? list[int.Parse(step, null)] : node[step])!).AsObject();
            return violation.Keyword is "required" or "anyOf" && !place.Any(field => name == $"missing-{Kebab(field.Key)}");
        }

        return name.StartsWith(Kebab(steps.Last(step => !char.IsAsciiDigit(step[0]))) + "-", StringComparison.Ordinal);
    }

    private static IEnumerable<TestCaseData> Cases(string kind) =>
        from folder in SchemaFolder.Folders
        from file in SchemaFolder.Examples(folder, kind)
        select new TestCaseData(folder, Path.GetFileNameWithoutExtension(file));

    private static string FileOf(string folder, string kind, string name) => Path.Combine(SchemaFolder.Root, folder, $"v1.{kind}", $"{name}.json");

    private static string Kebab(string name) => Capital().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
