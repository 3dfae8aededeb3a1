using ExchangeBus.LocalServers;
using ExchangeBus.SampleAgencies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.AppHost;

/// <summary>The whole road on this machine: servers, host, agencies, traffic, in the order in which each needs the one before.</summary>
internal sealed class Demo(IConfiguration configuration, AppHostOptions options, Action<string> say)
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(3);

    /// <summary>Runs until the token is cancelled.</summary>
    /// <exception cref="LocalServersUnavailableException">No servers can be had here.</exception>
    /// <exception cref="DemoFailedException">The host cannot run.</exception>
    internal async Task RunAsync(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = say }, stop);
        await using var quick = new QuickEnd(servers.RabbitMq);
        if (servers.RabbitMq.ManagementUri is null)
            throw new DemoFailedException("The agencies' broker users are created through RabbitMQ's management API; set EXCHANGEBUS_RABBITMQ_MANAGEMENT to its address.");

        var port = FreePort.From(options.Port);
        var address = new Uri($"http://127.0.0.1:{port}/");
        DevelopmentKeys.Make(DevelopmentKeys.Folder);
        var bus = await servers.Postgres.CreateDatabaseAsync("exchangebus", stop);
        await using var host = new HostProcess(HostVariables(servers, bus, address), say);
        await host.MigrateAsync(stop);
        host.Start();
        using var monitor = new BusMonitor(address);
        await monitor.WaitUntilReadyAsync(stop);

        await using var agencies = await AgencyGroup.StartAsync(
            await ConfigureAgenciesAsync(servers, address, stop), logging => logging.AddSimpleConsole(o => o.SingleLine = true), stop);
        say(Welcome.Text(address, servers.RabbitMq, host.ProcessId, options, TimeProvider.System.GetElapsedTime(started)));
        while (true)
        {
            await Task.Delay(ReportEvery, TimeProvider.System, stop);
            say(await monitor.DescribeAsync(stop));
        }
    }

    private static Dictionary<string, string> HostVariables(LocalServerSet servers, string database, Uri address) => new(DevelopmentAgencies.HostVariables(DevelopmentKeys.Folder))
    {
        ["Postgres__ConnectionString"] = database,
        ["Delivery__Webhooks__Sealing__Current"] = "development",
        ["Delivery__Webhooks__Sealing__Keys__development"] = DevelopmentKeys.SealingKey(DevelopmentKeys.Folder),
        ["RabbitMq__Uri"] = servers.RabbitMq.AmqpUri.ToString(),
        ["RabbitMq__ManagementUri"] = servers.RabbitMq.ManagementUri!.ToString(),
        ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
        ["Roles__0"] = "Gateway",
        ["Roles__1"] = "Dispatch",
        ["Roles__2"] = "Delivery",
        ["Roles__3"] = "Procedures",
        ["Roles__4"] = "Console",
        ["Delivery__Webhooks__AllowLoopback"] = "true",
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private async Task<IConfiguration> ConfigureAgenciesAsync(LocalServerSet servers, Uri address, CancellationToken cancellationToken)
    {
        var broker = new UriBuilder(servers.RabbitMq.AmqpUri) { UserName = "", Password = "" }.Uri;
        var settings = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Agencies:portal:Rate"] = FormattableString.Invariant($"{options.Rate}"),
            ["Agencies:portal:Dossiers"] = FormattableString.Invariant($"{options.Dossiers}"),
        };
        foreach (var name in SampleAgency.Names)
        {
            settings[$"Agencies:{name}:ConnectionString"] = await servers.Postgres.CreateDatabaseAsync($"exchangebus_{name}", cancellationToken);
            settings[$"Agencies:{name}:PrivateKeyFile"] = DevelopmentKeys.PrivateFile(DevelopmentKeys.Folder, name);
            settings[$"Agencies:{name}:BrokerPassword"] = DevelopmentAgencies.BrokerPasswordOf(name);
            settings[$"Agencies:{name}:BusAddress"] = address.ToString();
            settings[$"Agencies:{name}:BrokerAddress"] = broker.ToString();
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).AddConfiguration(configuration).Build();
    }

    /// <summary>A private broker's data are thrown away at the end, so nobody waits the seconds of its polite stop.</summary>
    private sealed class QuickEnd(RabbitMqServer broker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (broker.IsPrivate)
                await broker.KillAsync();
        }
    }
}
