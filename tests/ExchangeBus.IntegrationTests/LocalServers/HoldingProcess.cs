using System.Diagnostics;
using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.IntegrationTests.LocalServers;

/// <summary>Another process, with a process group of its own, that has started servers and holds them until it is killed.</summary>
internal sealed class HoldingProcess : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private HoldingProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        ProcessIds = [.. File.ReadLines(Path.Combine(folder, "processes")).Select(line => int.Parse(line.Split(' ')[1]))];
    }

    public string Folder { get; }

    public IReadOnlyList<int> ProcessIds { get; }

    public static async Task<HoldingProcess> StartAsync()
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("setsid", [host, "exec", typeof(HoldingProcess).Assembly.Location, "hold-servers"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        process.Start();
        using var enough = new CancellationTokenSource(StartPatience, TimeProvider.System);
        var line = await process.StandardOutput.ReadLineAsync(enough.Token);
        return new HoldingProcess(process, line!.Split(' ')[1]);
    }

    /// <summary>Signals the whole process group, as a terminal does on Ctrl-C.</summary>
    public void Signal(string signal) => Tool.Run(["/bin/sh", "-c", $"kill -s {signal} -- -{_process.Id}"]);

    /// <summary>The processes that still live, and the folder if it is still there.</summary>
    public IReadOnlyList<string> Debris() =>
    [
        .. ProcessIds.Where(IsAlive).Select(id => $"process {id}"),
        .. Directory.Exists(Folder) ? [Folder] : Array.Empty<string>(),
    ];

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static bool IsAlive(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
