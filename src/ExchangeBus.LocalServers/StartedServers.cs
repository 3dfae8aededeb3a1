using System.Collections.Concurrent;
using System.Diagnostics;
using ExchangeBus.LocalServers.Containers;
using ExchangeBus.LocalServers.Debian;
using ExchangeBus.LocalServers.Found;
using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.LocalServers;

/// <summary>The way from options to two servers that answer, and back.</summary>
internal sealed class StartedServers(LocalServersOptions options) : IAsyncDisposable
{
    private readonly MachineFiles _files = MachineFiles.OfThisMachine;
    private readonly ConcurrentBag<IServerInstance> _instances = [];
    private RunFolder? _folder;
    private Watchdog? _watchdog;
    private int _isDisposed;

    public string? Folder => _folder?.Path;

    public async Task<(PostgresServer Postgres, RabbitMqServer RabbitMq)> StartAsync(CancellationToken cancellationToken)
    {
        var named = NamedServers.FromEnvironment();
        var installed = named.IsComplete ? null : await PrepareAsync(named, cancellationToken);

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var postgres = CancelOtherOnFailure(either, () => named.Postgres is not null
            ? named.OpenPostgresAsync(either.Token)
            : StartPostgresAsync(installed!, either.Token));
        var rabbitMq = CancelOtherOnFailure(either, () => named.RabbitMq is not null
            ? named.OpenRabbitMqAsync(either.Token)
            : StartRabbitMqAsync(installed!, either.Token));
        await Task.WhenAll(postgres, rabbitMq);
        return (await postgres, await rabbitMq);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
        if (_folder is not null)
            await Watchdog.CleanUpAsync(_folder.Path, CancellationToken.None);
        _folder?.Dispose();
        _watchdog?.Dispose();
    }

    private static async Task<T> CancelOtherOnFailure<T>(CancellationTokenSource other, Func<Task<T>> start)
    {
        // Off the caller's thread, for the first steps of both servers wait for small programs.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await start();
        }
        catch
        {
            await other.CancelAsync();
            throw;
        }
    }

    private async Task<InstalledServers> PrepareAsync(NamedServers named, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new LocalServersUnavailableException($"On Windows servers are not started; set {NamedServers.PostgresVariable} and {NamedServers.RabbitMqVariable}, or use WSL.");
        var root = RunFolder.Root(TemporaryFolder.ForServers(), Environment.UserName);
        foreach (var stale in RunFolder.Stale(root))
            await Watchdog.CleanUpAsync(stale, cancellationToken);
        var installed = await InstalledServers.FindAsync(_files, named, new DebianPackages(_files, root, options.Report), cancellationToken);
        _folder = RunFolder.Create(root);
        _watchdog = Watchdog.Start(_folder.Path);
        return installed;
    }

    private async Task<PostgresServer> StartPostgresAsync(InstalledServers installed, CancellationToken cancellationToken)
    {
        if (installed.Postgres is not { } binaries)
        {
            var (container, described) = ContainerServers.Postgres(installed.Engine!, _folder!, options);
            await StartAsync("PostgreSQL", container, cancellationToken);
            return described;
        }

        var instance = new PrivatePostgres(binaries, _folder!, _files, options.StartTimeout);
        await StartAsync("PostgreSQL", instance, cancellationToken);
        return new PostgresServer(instance.ConnectionString, instance);
    }

    private async Task<RabbitMqServer> StartRabbitMqAsync(InstalledServers installed, CancellationToken cancellationToken)
    {
        if (installed.RabbitMq is not { } binaries)
        {
            var (container, described) = ContainerServers.RabbitMq(installed.Engine!, _folder!, options);
            await StartAsync("RabbitMQ", container, cancellationToken);
            return described;
        }

        var instance = new PrivateRabbitMq(binaries, _folder!, _files, options.StartTimeout);
        await StartAsync("RabbitMQ", instance, cancellationToken);
        return new RabbitMqServer(instance.AmqpUri, instance.ManagementUri, instance);
    }

    private async Task StartAsync(string server, IServerInstance instance, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _instances.Add(instance);
        await instance.StartAsync(cancellationToken);
        options.Report($"{server} ready after {watch.Elapsed.TotalSeconds:0.0} s.");
    }
}
