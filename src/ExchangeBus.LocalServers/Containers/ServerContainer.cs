using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.LocalServers.Containers;

/// <summary>One container with its ports published on loopback. It is kept when killed, so that it can start again on its data.</summary>
internal sealed class ServerContainer(
    ContainerEngine engine,
    RunFolder folder,
    string image,
    IReadOnlyList<string> settings,
    Func<CancellationToken, Task<bool>> probe,
    TimeSpan startTimeout,
    Action<string> progress) : IServerInstance
{
    private readonly string _name = $"exchangebus-{folder.Name}-{image.Split(':')[0]}";
    private bool _isMade;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_isMade)
            await engine.RunAsync($"start {_name}", ["start", _name], cancellationToken);
        else
            await MakeAsync(cancellationToken);
        if (await Readiness.WaitAsync(probe, static () => true, startTimeout, cancellationToken))
            return;
        var log = await engine.TryAsync(["logs", "--tail", "15", _name], cancellationToken);
        throw new LocalServersUnavailableException($"The container of {image} did not start; its log ends with:{Environment.NewLine}{log.Output}");
    }

    public async Task KillAsync() => await engine.RunAsync($"kill {_name}", ["kill", "--signal", "KILL", _name], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_isMade)
            await engine.TryAsync(["rm", "--force", "--volumes", _name], CancellationToken.None);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if ((await engine.TryAsync(["image", "inspect", image], cancellationToken)).ExitCode != 0)
        {
            progress($"Pulling {image} …");
            await engine.RunAsync($"pull {image}", ["pull", "--quiet", image], cancellationToken);
        }

        folder.ListContainer(_name);
        _isMade = true;
        await engine.RunAsync($"run {image}", ["run", "--detach", "--name", _name, .. settings, image], cancellationToken);
    }
}
