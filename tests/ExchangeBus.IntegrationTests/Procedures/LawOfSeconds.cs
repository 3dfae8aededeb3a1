using System.Text.Json.Nodes;
using ExchangeBus.IntegrationTests.Road;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A folder of legal numbers in which some steps have seconds, so that a test sees deadlines pass.</summary>
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
        return new LawOfSeconds(folder).And("linkedBirth", limits);
    }

    /// <summary>Steps of another procedure.</summary>
    internal LawOfSeconds And(string procedure, params (string Step, string Elapsed)[] limits)
    {
        var file = Path.Combine(Folder, "2026-09.json");
        var law = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var (step, elapsed) in limits)
            law[procedure]!["limits"]![step] = new JsonObject { ["elapsed"] = elapsed, ["source"] = "a law of seconds, for a test" };
        File.WriteAllText(file, law.ToJsonString());
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
