using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Procedures.Clock;

/// <summary>The shipped folder, to be changed.</summary>
internal sealed class LegalFolderCopy : IDisposable
{
    public LegalFolderCopy()
    {
        foreach (var file in Directory.GetFiles(Law.Folder, "*.json"))
            File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("exchangebus-legal-").FullName;

    /// <summary>Sets a member, named by its path with slashes.</summary>
    public void Change(string file, string path, JsonNode? value)
    {
        var name = System.IO.Path.Combine(Path, file);
        var root = JsonNode.Parse(File.ReadAllText(name))!;
        var parts = path.Split('/');
        parts[..^1].Aggregate(root, (node, part) => node[part]!)[parts[^1]] = value;
        File.WriteAllText(name, root.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
