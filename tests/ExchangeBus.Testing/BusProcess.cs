using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ExchangeBus.LocalServers;
using NUnit.Framework;

namespace ExchangeBus.Testing;

/// <summary>A whole bus as a process of its own, so that it can be killed.</summary>
public sealed class BusProcess : IAsyncDisposable
{
    private readonly KeyValuePair<string, string?>[] _configuration;
    private Process? _process;

    private BusProcess(KeyValuePair<string, string?>[] configuration, string connectionString, Uri amqpUri, Uri address) =>
        (_configuration, ConnectionString, AmqpUri, Address) = (configuration, connectionString, amqpUri, address);

    public string ConnectionString { get; }

    public Uri AmqpUri { get; }

    public Uri Address { get; }

    /// <summary>Migrates, starts, and returns when the bus is ready.</summary>
    public static async Task<BusProcess> StartAsync(LocalServerSet servers, IReadOnlyList<TestAgency> agencies, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var name = $"bus_{Guid.CreateVersion7():N}";
        var connectionString = await servers.Postgres.CreateDatabaseAsync(name);
        var amqpUri = await VirtualHost.CreateAsync(servers.RabbitMq, name);
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var bus = new BusProcess(BusConfiguration.Of(connectionString, amqpUri, servers.RabbitMq.ManagementUri!, agencies, settings), connectionString, amqpUri, address);
        using (var migration = bus.Launch("--migrate"))
        {
            await migration.WaitForExitAsync();
            Assert.That(migration.ExitCode, Is.Zero, "the migration must succeed");
        }

        await bus.StartAgainAsync();
        return bus;
    }

    /// <summary>kill -9: no chance to finish anything.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it on the same data and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _process?.Dispose();
        _process = Launch();
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.GetAsync(async () =>
        {
            Assert.That(_process.HasExited, Is.False, "the host must not end");
            try
            {
                using var ready = await http.GetAsync("health/ready");
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, ready => ready, "the host ready", TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
    }

    private Process Launch(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "ExchangeBus.Host.dll"), .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _configuration)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is not null)
                TestContext.Progress.WriteLine(e.Data);
        };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>A port of loopback on which nothing listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
