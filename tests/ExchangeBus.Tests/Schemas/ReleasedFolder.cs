using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Schemas;

namespace ExchangeBus.Tests.Schemas;

/// <summary>A copy of two schema files that a test may change and release.</summary>
internal sealed class ReleasedFolder : IDisposable
{
    public const string Type = "vn.residence.permanentresidenceregistered.v1";
    private const string File = "residence/permanentresidenceregistered/v1.schema.json";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("schemas");

    public ReleasedFolder()
    {
        foreach (var file in (string[])[File, "definitions/v1.schema.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.FullName, file))!);
            System.IO.File.Copy(Path.Combine(SchemaFolder.Root, file), Path.Combine(_folder.FullName, file));
        }
    }

    public SchemaCatalogue Read() => new(Files());

    public ContractFiles Files() => new(_folder.FullName);

    public void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.FullName, to))!);
        System.IO.File.Copy(Path.Combine(_folder.FullName, from), Path.Combine(_folder.FullName, to));
    }

    public void Change(Action<JsonNode> change) => Change(File, change);

    public void Change(string file, Action<JsonNode> change)
    {
        var path = Path.Combine(_folder.FullName, file);
        var schema = JsonNode.Parse(System.IO.File.ReadAllText(path))!;
        change(schema);
        System.IO.File.WriteAllText(path, schema.ToJsonString());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
