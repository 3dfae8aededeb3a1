using ExchangeBus.Host;
using ExchangeBus.LocalServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Testing;

/// <summary>A whole bus in this process, on a database and a virtual host of its own.</summary>
public sealed class RunningBus : IAsyncDisposable
{
    private WebApplication _app;
    private readonly KeyValuePair<string, string?>[] _configuration;

    private RunningBus(WebApplication app, KeyValuePair<string, string?>[] configuration, string connectionString, Uri amqpUri)
    {
        (_app, _configuration, ConnectionString, AmqpUri) = (app, configuration, connectionString, amqpUri);
    }

    public string ConnectionString { get; }

    public Uri AmqpUri { get; }

    public IServiceProvider Provider => _app.Services;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Starts one; <paramref name="settings"/> win over the defaults, <paramref name="logs"/> hears everything that is logged.</summary>
    public static async Task<RunningBus> StartAsync(
        LocalServerSet servers, IReadOnlyList<TestAgency> agencies, IReadOnlyDictionary<string, string?>? settings = null, ILoggerProvider? logs = null)
    {
        var name = $"bus_{Guid.CreateVersion7():N}";
        var connectionString = await servers.Postgres.CreateDatabaseAsync(name);
        var amqpUri = await VirtualHost.CreateAsync(servers.RabbitMq, name);
        var configuration = BusConfiguration.Of(connectionString, amqpUri, servers.RabbitMq.ManagementUri!, agencies, settings);
        var app = Build(configuration, logs);
        await HostProgram.MigrateAsync(app);
        await app.StartAsync();
        return new RunningBus(app, configuration, connectionString, amqpUri);
    }

    /// <summary>Starts another host on the same data.</summary>
    public async Task<RunningBus> StartBesideAsync()
    {
        var app = Build(_configuration);
        await app.StartAsync();
        return new RunningBus(app, _configuration, ConnectionString, AmqpUri);
    }

    /// <summary>A client that speaks for an agency.</summary>
    public HttpClient ClientOf(TestAgency agency) => agency.ClientOf(Address);

    /// <summary>Stops the host in order; <see cref="RestartAsync"/> starts it again.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Stops the host in order and starts it again on the same data, with other agencies, and other <paramref name="settings"/> where a test says so.</summary>
    public async Task RestartAsync(IReadOnlyList<TestAgency> agencies, IReadOnlyDictionary<string, string?>? settings = null, ILoggerProvider? logs = null)
    {
        await DisposeAsync();
        _app = Build(_configuration.Where(c => !c.Key.StartsWith("Bus:", StringComparison.Ordinal) && settings?.Keys.Any(k => c.Key == k || c.Key.StartsWith(k + ":", StringComparison.Ordinal)) != true)
            .Concat(settings ?? new Dictionary<string, string?>()).Concat(agencies.SelectMany((a, i) => a.Configuration(i))), logs);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(IEnumerable<KeyValuePair<string, string?>> configuration, ILoggerProvider? logs = null) =>
        HostProgram.Build(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(configuration);
            if (logs is not null)
                builder.Logging.AddProvider(logs);
        });
}
