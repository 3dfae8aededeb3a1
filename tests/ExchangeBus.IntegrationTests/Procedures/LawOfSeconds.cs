using System.Text.Json.Nodes;
using ExchangeBus.IntegrationTests.Road;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A folder with the newest law, of which some limits are so short that a test sees their end.</summary>
internal sealed class LawOfSeconds : IDisposable
{
    private LawOfSeconds(string folder) => Folder = folder;

    internal string Folder { get; }

    /// <summary>Steps of a linked birth that have so much time.</summary>
    internal static LawOfSeconds Write(params (string Step, string Elapsed)[] limits)
    {
        var folder = Directory.CreateTempSubdirectory("exchangebus-legal-").FullName;
        foreach (var file in (string[])["holidays.json", "2026-09.json"])
            File.Copy(Path.Combine(Samples.SchemasFolder, "legal", file), Path.Combine(folder, file));
        return new LawOfSeconds(folder).And("linkedBirth/limits", limits);
    }

    /// <summary>Other limits.</summary>
    /// <param name="path">Where they stand in the profile, with slashes.</param>
    /// <param name="limits">The limits, in plain time.</param>
    internal LawOfSeconds And(string path, params (string Name, string Elapsed)[] limits)
    {
        var file = Path.Combine(Folder, "2026-09.json");
        var law = JsonNode.Parse(File.ReadAllText(file))!;
        var place = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(law, (node, part) => node[part]!);
        foreach (var (name, elapsed) in limits)
            place[name] = new JsonObject { ["elapsed"] = elapsed, ["source"] = "a law of seconds, for a test" };
        File.WriteAllText(file, law.ToJsonString());
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
