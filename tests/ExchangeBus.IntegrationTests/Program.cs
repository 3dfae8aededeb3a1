using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.LocalServers;

// Not how tests are run: tests start this as a process of its own, to kill it.
switch (args)
{
    case ["hold-servers"]:
        await using (var servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = Console.Error.WriteLine }))
        {
            Console.WriteLine($"holding {servers.Folder} {servers.RabbitMq.AmqpUri} {servers.Postgres.ConnectionString}");
            await Console.In.ReadToEndAsync();
        }
        return 0;
    case [CounterWorker.Command]:
        await CounterWorker.RunAsync();
        return 0;
    default:
        return 64;
}
