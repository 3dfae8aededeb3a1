using ExchangeBus.LocalServers.Found;
using Npgsql;

namespace ExchangeBus.LocalServers.Private;

/// <summary>PostgreSQL from installed binaries, with its data in the run's folder.</summary>
internal sealed class PrivatePostgres(PostgresBinaries binaries, RunFolder folder, MachineFiles files, TimeSpan startTimeout) : IServerInstance
{
    // Durability stays as in production (fsync and synchronous_commit on): tests and measurements must pay for it too.
    private const string Settings = """

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 300
        shared_buffers = 256MB
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        fsync = on
        synchronous_commit = on
        autovacuum = on
        """;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly string _home = folder.Folder("postgres");
    private readonly string _password = Secret.Create(24);
    private readonly ServerUser _user = ServerUser.For("postgres", files);
    private int _port = FreePort.Next();
    private bool _hasAnswered;
    private bool _isKilled;
    private ServerProcess? _process;

    public string ConnectionString => Describe(_port, _password);

    private string Data => Path.Combine(_home, "data");

    public static string Describe(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = "postgres",
        Password = password,
        Database = "postgres",
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { IsRunning: true })
            return;
        var environment = ServerEnvironment.Create(files, _home, binaries.Folder);
        if (!Directory.Exists(Data))
            await InitialiseAsync(environment, cancellationToken);

        for (var attempt = 1; ; attempt++)
        {
            _process?.Dispose();

            // Quit ends PostgreSQL at once and yet frees its shared memory, which a plain kill leaves behind.
            _process = ServerProcess.Start(
                folder, Path.Combine(folder.Path, "postgres.log"), _user.Run(binaries.Postgres, "-D", Data, "-p", $"{_port}"), environment, crashSignal: "QUIT");
            if (await Readiness.WaitAsync(ct => Readiness.PostgresAnswersAsync(ConnectionString, ct), () => _process.IsRunning, startTimeout, cancellationToken))
                break;

            // Between finding a port and using it another program may take it. Once known to callers it stays.
            if (_hasAnswered || attempt == FreePort.Attempts || _process.IsRunning || FreePort.IsFree(_port))
                throw new LocalServersUnavailableException($"PostgreSQL from {binaries.Folder} did not start; its log ends with:{Environment.NewLine}{_process.LogTail()}");
            _port = FreePort.Next();
        }

        _hasAnswered = true;
        _isKilled = false;
    }

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        await _process.KillAsync();
        _isKilled = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        await _process.StopAsync(StopPatience, ServerProcess.Interrupt, ServerProcess.Quit);
        _process.Dispose();
        if (_isKilled)
            await FreeSharedMemoryAsync();
    }

    /// <summary>A killed server leaves its shared memory to the next one on the same data: be that, for a moment.</summary>
    private async Task FreeSharedMemoryAsync()
    {
        using var enough = new CancellationTokenSource(StopPatience, TimeProvider.System);
        try
        {
            var environment = ServerEnvironment.Create(files, _home, binaries.Folder);
            await Tool.RunAsync(_user.Run(binaries.Postgres, "--single", "-D", Data, "postgres"), environment, enough.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task InitialiseAsync(Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var passwordFile = Path.Combine(_home, "password");
        await File.WriteAllTextAsync(passwordFile, _password, cancellationToken);
        _user.Own(_home);
        var made = await Tool.RunAsync(
            _user.Run(
                binaries.InitDb, "--pgdata", Data, "--username", "postgres", "--auth", "scram-sha-256", "--pwfile", passwordFile,
                "--encoding", "UTF8", "--locale", "C", "--no-instructions", "--no-sync"),
            environment,
            cancellationToken);
        if (made.ExitCode != 0)
            throw new LocalServersUnavailableException($"initdb from {binaries.Folder} could not make a database: {made.LastLine}.");
        File.Delete(passwordFile);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), Settings, cancellationToken);
    }
}
