using System.Text;
using System.Text.Json;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Tests.JsonSchema;

/// <summary>The JSON-Schema-Test-Suite, from a folder "shared" beside the checkout.</summary>
internal static class OfficialSuite
{
    public const string Missing = "The JSON-Schema-Test-Suite is not beside the checkout: shared/suites/json-schema/draft2020-12.";

    private static readonly string? Root = SharedSuites.Find("json-schema");

    private static readonly Lazy<List<(Uri Uri, byte[] Text)>> Remotes = new(ReadRemotes);

    public static IEnumerable<TestCaseData> Cases()
    {
        if (Root is null)
        {
            yield return new TestCaseData(null, null, false, false).SetName("The suite is missing");
            yield break;
        }

        var folder = Path.Combine(Root, "draft2020-12");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 512 });
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    yield return new TestCaseData(
                        group.GetProperty("schema").GetRawText(),
                        test.GetProperty("data").GetRawText(),
                        test.GetProperty("valid").GetBoolean(),
                        name.Contains("/format/", StringComparison.Ordinal))
                        .SetArgDisplayNames(name, group.GetProperty("description").GetString()!, test.GetProperty("description").GetString()!);
                }
            }
        }
    }

    public static CompiledSchema Compile(string schema, bool assertFormats)
    {
        var registry = new SchemaRegistry(new JsonSchemaOptions { AssertFormats = assertFormats, UnknownKeywords = UnknownKeywords.Ignore });
        foreach (var (uri, text) in Remotes.Value) registry.Add(uri, text);
        var address = new Uri("https://suite.example/schema");
        registry.Add(address, Encoding.UTF8.GetBytes(schema));
        return registry.Compile(address);
    }

    private static List<(Uri, byte[])> ReadRemotes()
    {
        var folder = Path.Combine(Root!, "remotes");
        return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (new Uri("http://localhost:1234/" + Path.GetRelativePath(folder, file).Replace('\\', '/')), File.ReadAllBytes(file)))];
    }
}
