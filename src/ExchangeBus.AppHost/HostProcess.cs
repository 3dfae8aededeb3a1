using System.Diagnostics;

namespace ExchangeBus.AppHost;

/// <summary>
/// The host as a process of its own, as it runs anywhere else: it can be killed alone, and is then started again.
/// It ends with this process, however this process ends.
/// </summary>
internal sealed class HostProcess(IReadOnlyDictionary<string, string> variables, Action<string> say) : IAsyncDisposable
{
    private static readonly TimeSpan AfterCrash = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    // Reads a pipe whose other end only we hold: when it ends, so does the host, politely and then by force.
    private const string Watch = """
        trap '' HUP INT TERM
        while read -r line; do :; done
        kill -s TERM "$1" 2>/dev/null || exit 0
        tries=0
        while [ $tries -lt 80 ] && kill -s 0 "$1" 2>/dev/null; do tries=$((tries + 1)); sleep 0.1; done
        kill -s KILL "$1" 2>/dev/null
        """;

    // The project reference builds the host beside this program, in the same configuration.
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace("ExchangeBus.AppHost", "ExchangeBus.Host", StringComparison.Ordinal), "ExchangeBus.Host.dll");

    private readonly CancellationTokenSource _stop = new();
    private Process? _host;
    private Process? _watchdog;
    private Task _watching = Task.CompletedTask;

    /// <summary>Runs the migrations to their end.</summary>
    /// <exception cref="DemoFailedException">They failed and the host has said why, or the host was not built.</exception>
    internal async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Program))
            throw new DemoFailedException($"The host is not at {Program}; build it with: dotnet build src/ExchangeBus.AppHost");
        using var migration = Launch("--migrate");
        await migration.WaitForExitAsync(cancellationToken);
        if (migration.ExitCode != 0)
            throw new DemoFailedException($"The migrations of the bus ended with exit code {migration.ExitCode}; what the host said stands above.");
    }

    /// <summary>Starts the host and watches over it.</summary>
    internal void Start()
    {
        LaunchWatched();
        _watching = WatchAsync();
    }

    /// <summary>The process id, for who wants to kill it.</summary>
    internal int ProcessId => _host!.Id;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _watchdog?.StandardInput.Close();
        if (_host is not null)
        {
            using var patience = new CancellationTokenSource(StopPatience, TimeProvider.System);
            await _host.WaitForExitAsync(patience.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            if (!_host.HasExited)
                _host.Kill(entireProcessTree: true);
        }

        await _watching;
        _host?.Dispose();
        _watchdog?.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await _host!.WaitForExitAsync(_stop.Token);
                // Ctrl-C reaches the host at the same moment as us; that is no crash.
                await Task.Delay(AfterCrash, TimeProvider.System, _stop.Token);
                say($"The host ended unasked (exit code {_host.ExitCode}); starting it again.");
                // Its process id may soon belong to somebody else.
                _watchdog?.Kill();
                _watchdog?.Dispose();
                _host.Dispose();
                LaunchWatched();
                say($"Host started again as process {_host.Id}.");
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private void LaunchWatched()
    {
        _host = Launch();
        if (OperatingSystem.IsWindows())
            return;
        var description = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", Watch, "exchangebus-host-watchdog", $"{_host.Id}" })
            description.ArgumentList.Add(argument);
        _watchdog = Process.Start(description)!;
    }

    private Process Launch(params string[] arguments)
    {
        var description = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", Program, .. arguments])
            description.ArgumentList.Add(argument);
        foreach (var (name, value) in variables)
            description.Environment[name] = value;

        var process = new Process { StartInfo = description };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Pass(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            say($"  host | {line}");
    }
}
