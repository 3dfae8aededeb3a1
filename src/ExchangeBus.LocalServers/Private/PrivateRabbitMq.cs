using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.LocalServers.Private;

/// <summary>RabbitMQ from installed scripts, with its data, cookie and Erlang port mapper (epmd) to itself.</summary>
internal sealed class PrivateRabbitMq(RabbitMqBinaries binaries, RunFolder folder, MachineFiles files, TimeSpan startTimeout) : IServerInstance
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly string _home = folder.Folder("rabbitmq");
    private readonly string _password = Secret.Create(24);
    private readonly ServerUser _user = ServerUser.For("rabbitmq", files);
    private Ports? _ports;
    private bool _hasAnswered;
    private ServerProcess? _epmd;
    private ServerProcess? _process;

    public Uri AmqpUri => new($"amqp://exchangebus:{_password}@127.0.0.1:{_ports!.Amqp}/");

    public Uri ManagementUri => new($"http://127.0.0.1:{_ports!.Management}/");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { IsRunning: true })
            return;
        for (var attempt = 1; ; attempt++)
        {
            var ports = _ports ??= await ConfigureAsync(cancellationToken);
            StartProcesses(ports);
            if (await Readiness.WaitAsync(ct => Readiness.RabbitMqAnswersAsync(AmqpUri, ct), () => _process!.IsRunning, startTimeout, cancellationToken))
                break;

            // Between finding a port and using it another program may take it. Once known to callers it stays.
            if (_hasAnswered || attempt == FreePort.Attempts || _process!.IsRunning || !IsAnyTaken(ports))
                throw new LocalServersUnavailableException($"RabbitMQ from {binaries.Server} did not start; its log ends with:{Environment.NewLine}{_process!.LogTail()}");
            await _epmd!.KillAsync();
            _ports = null;
        }

        _hasAnswered = true;
    }

    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.StopAsync(StopPatience, ServerProcess.Terminate);
        if (_epmd is not null)
            await _epmd.KillAsync();
        _process?.Dispose();
        _epmd?.Dispose();
    }

    private void StartProcesses(Ports ports)
    {
        var environment = CreateEnvironment(ports);
        if (_epmd is not { IsRunning: true })
        {
            _epmd?.Dispose();
            _epmd = ServerProcess.Start(
                folder, Log("epmd.log"), _user.Run(binaries.Epmd, "-port", $"{ports.Epmd}", "-address", "127.0.0.1"), environment, crashSignal: "KILL");
        }

        _process?.Dispose();
        _process = ServerProcess.Start(folder, Log("rabbitmq.log"), _user.Run(binaries.Server), environment, crashSignal: "KILL");
    }

    private bool IsAnyTaken(Ports ports) =>
        !_epmd!.IsRunning || !FreePort.IsFree(ports.Amqp) || !FreePort.IsFree(ports.Management) || !FreePort.IsFree(ports.Distribution);

    private string Log(string name) => Path.Combine(folder.Path, name);

    private string Own(string name) => Path.Combine(_home, name);

    private async Task<Ports> ConfigureAsync(CancellationToken cancellationToken)
    {
        var ports = new Ports(FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var configuration = $"""
            listeners.tcp.1 = 127.0.0.1:{ports.Amqp}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {ports.Management}
            default_user = exchangebus
            default_pass = {_password}
            default_user_tags.administrator = true
            disk_free_limit.absolute = 50MB
            collect_statistics = coarse
            log.console = true
            log.console.level = info
            log.file = false

            """;
        await File.WriteAllTextAsync(Own("rabbitmq.conf"), configuration, cancellationToken);
        await File.WriteAllTextAsync(Own("enabled_plugins"), "[rabbitmq_management].\n", cancellationToken);
        _user.Own(_home);
        return ports;
    }

    private Dictionary<string, string> CreateEnvironment(Ports ports)
    {
        var environment = ServerEnvironment.Create(files, _home, binaries.ErlangFolder);
        environment["ERL_EPMD_PORT"] = $"{ports.Epmd}";
        environment["ERL_EPMD_ADDRESS"] = "127.0.0.1";

        // For every Erlang machine, also the short-lived one with which RabbitMQ looks for epmd.
        environment["ERL_AFLAGS"] = "-kernel inet_dist_use_interface {127,0,0,1}";
        environment["RABBITMQ_NODENAME"] = $"exbus-{folder.Name}@localhost";
        environment["RABBITMQ_DIST_PORT"] = $"{ports.Distribution}";

        // Where the system's own broker is configured; none of it is meant for this one.
        environment["RABBITMQ_CONF_ENV_FILE"] = "/dev/null";
        environment["RABBITMQ_CONFIG_FILE"] = Own("rabbitmq.conf");
        environment["RABBITMQ_CONFIG_FILES"] = Own("conf.d");
        environment["RABBITMQ_ADVANCED_CONFIG_FILE"] = Own("advanced.config");
        environment["RABBITMQ_GENERATED_CONFIG_DIR"] = Own("generated");
        environment["RABBITMQ_ENABLED_PLUGINS_FILE"] = Own("enabled_plugins");
        environment["RABBITMQ_MNESIA_BASE"] = Own("mnesia");
        environment["RABBITMQ_LOG_BASE"] = Own("log");
        environment["RABBITMQ_PID_FILE"] = Own("pid");
        return environment;
    }

    private sealed record Ports(int Amqp, int Management, int Distribution, int Epmd);
}
