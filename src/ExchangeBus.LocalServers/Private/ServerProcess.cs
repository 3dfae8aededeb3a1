using System.Diagnostics;
using System.Runtime.InteropServices;
using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>
/// A process in a session of its own, so that Ctrl-C in our terminal does not reach it, that writes to a log file,
/// so that it does not hang on a pipe of ours, and that the watchdog knows.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Terminate = 15;
    private const int Kill9 = 9;

    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly RunFolder _folder;

    private ServerProcess(Process process, RunFolder folder, string log)
    {
        _process = process;
        _folder = folder;
        Log = log;
    }

    public string Log { get; }

    public bool IsRunning => !_process.HasExited;

    public static ServerProcess Start(
        RunFolder folder, string log, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, string crashSignal)
    {
        const string quietly = """exec "$@" >>"$0" 2>&1 </dev/null""";
        string[] line = [.. OwnSession(MachineFiles.OfThisMachine), "/bin/sh", "-c", quietly, log, .. command];
        var process = new Process { StartInfo = Tool.Describe(line, environment) };
        process.Start();
        process.StandardInput.Close();
        folder.List(process.Id, crashSignal);
        return new ServerProcess(process, folder, log);
    }

    /// <summary>What makes a command the leader of a new session. macOS has no setsid program, but has Perl.</summary>
    public static string[] OwnSession(MachineFiles files) =>
        files.Program("setsid") is { } setsid ? [setsid]
        : files.Program("perl") is { } perl ? [perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV", "--"]
        : [];

    /// <summary>Asks with each signal in turn, waiting a while after each, and kills in the end.</summary>
    public async Task StopAsync(TimeSpan patience, params int[] signals)
    {
        foreach (var signal in signals)
        {
            if (!IsRunning)
                break;
            _ = SendSignal(_process.Id, signal);
            await WaitForExitAsync(patience);
        }

        await KillAsync();
    }

    /// <summary>SIGKILL to the process and all below it; returns when all are gone.</summary>
    public async Task KillAsync()
    {
        if (IsRunning)
        {
            var below = ProcessTree.Below(_process.Id);
            _process.Kill(entireProcessTree: true);
            _ = SendSignal(-_process.Id, Kill9);
            await WaitForExitAsync(KillPatience);
            await ProcessTree.WaitUntilGoneAsync(below, KillPatience);
        }

        _folder.Unlist(_process.Id);
    }

    public string LogTail() => File.Exists(Log)
        ? string.Join(Environment.NewLine, File.ReadLines(Log).TakeLast(15))
        : "";

    public void Dispose() => _process.Dispose();

    private async Task WaitForExitAsync(TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(enough.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
