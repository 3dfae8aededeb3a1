using System.Diagnostics;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>A worker in a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly CounterWorkerSettings _settings;
    private Process? _process;

    private WorkerProcess(CounterWorkerSettings settings) => _settings = settings;

    public static async Task<WorkerProcess> StartAsync(CounterWorkerSettings settings)
    {
        var worker = new WorkerProcess(settings);
        await worker.StartAgainAsync();
        return worker;
    }

    /// <summary>kill -9: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Asks it to stop, as an operator would, and returns when it has ended.</summary>
    public async Task StopAsync()
    {
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Returns when it works.</summary>
    public async Task StartAgainAsync()
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(WorkerProcess).Assembly.Location, CounterWorker.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _settings.Write(start.Environment);
        _process = Process.Start(start)!;
        using var enough = new CancellationTokenSource(StartPatience, TimeProvider.System);
        Assert.That(await _process.StandardOutput.ReadLineAsync(enough.Token), Is.EqualTo(CounterWorker.Ready), $"the first word of worker {_settings.Name}");
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
