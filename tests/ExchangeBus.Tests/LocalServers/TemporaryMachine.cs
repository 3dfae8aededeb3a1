using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.Tests.LocalServers;

/// <summary>A folder that stands for the root of a machine on which only the named files are installed.</summary>
internal sealed class TemporaryMachine : IDisposable
{
    public TemporaryMachine(params string[] files)
    {
        Root = Directory.CreateTempSubdirectory("exchangebus-machine-").FullName;
        foreach (var file in files)
            Install(file);
    }

    public string Root { get; }

    public MachineFiles Files(string path = "") => new(Root, MachineFiles.SplitPath(path));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Install(string file)
    {
        var path = Path.Combine(Root, file.TrimStart('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
    }
}
