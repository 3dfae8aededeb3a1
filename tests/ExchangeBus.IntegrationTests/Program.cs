using ExchangeBus.LocalServers;

// Not how tests are run: tests start this as a process of its own, to kill it.
if (args is not ["hold-servers"])
    return 64;

await using var servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = Console.Error.WriteLine });
Console.WriteLine($"holding {servers.Folder} {servers.RabbitMq.AmqpUri} {servers.Postgres.ConnectionString}");
await Console.In.ReadToEndAsync();
return 0;
