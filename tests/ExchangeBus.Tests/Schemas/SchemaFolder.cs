using System.Text.Json.Nodes;
using ExchangeBus.Contracts;

namespace ExchangeBus.Tests.Schemas;

/// <summary>The repository's schemas as files: found, parsed once, references followed.</summary>
internal static class SchemaFolder
{
    private static readonly Dictionary<string, JsonNode> Parsed = [];

    public static string Root { get; } = Path.Combine(RepositoryRoot(), "schemas");

    /// <summary>Every event type with the name of its constant.</summary>
    public static IReadOnlyDictionary<string, string> EventTypeNames { get; } =
        typeof(EventTypes).GetFields().ToDictionary(field => (string)field.GetRawConstantValue()!, field => field.Name);

    public static IEnumerable<string> EventTypeValues => EventTypeNames.Keys;

    /// <summary>The folders that hold an event schema, as <c>domain/event</c>.</summary>
    public static IEnumerable<string> Folders =>
        Directory.EnumerateFiles(Root, "v1.schema.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => folder != "definitions")
            .Order(StringComparer.Ordinal);

    /// <summary>The middle two parts of a type.</summary>
    public static string FolderOf(string type) => string.Join('/', type.Split('.')[1..3]);

    public static string SchemaFile(string folder) => Path.Combine(Root, folder, "v1.schema.json");

    public static IEnumerable<string> Examples(string folder, string kind) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder, $"v1.{kind}"), "*.json").Order(StringComparer.Ordinal);

    public static JsonNode Parse(string file)
    {
        lock (Parsed)
        {
            if (!Parsed.TryGetValue(file, out var node))
                Parsed[file] = node = JsonNode.Parse(File.ReadAllText(file))!;
            return node;
        }
    }

    /// <summary>Follows <c>$ref</c> until there is none: within the file, or into another one beside it.</summary>
    public static (JsonObject Schema, string File) Follow(JsonObject schema, string file)
    {
        while (schema.ContainsKey("$ref"))
            (schema, file) = FollowOnce(schema, file);
        return (schema, file);
    }

    /// <summary>What <c>$ref</c> names.</summary>
    public static (JsonObject Schema, string File) FollowOnce(JsonObject schema, string file)
    {
        var parts = ((string)schema["$ref"]!).Split('#');
        if (parts[0].Length > 0)
            file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
        return (parts[1].Trim('/').Split('/').Aggregate(Parse(file), (node, name) => node[name]!).AsObject(), file);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExchangeBus.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds ExchangeBus.sln.");
    }
}
