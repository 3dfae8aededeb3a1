using ExchangeBus.LocalServers;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>Where the workers of one test work, with nobody else: a database and a virtual host.</summary>
internal sealed class CounterSite : IAsyncDisposable
{
    private CounterSite(CounterDatabase database, CounterBroker broker) => (Database, Broker) = (database, broker);

    public CounterDatabase Database { get; }

    public CounterBroker Broker { get; }

    public static async Task<CounterSite> CreateAsync(LocalServerSet servers)
    {
        var name = $"counter_{Guid.CreateVersion7():N}";
        return new CounterSite(await CounterDatabase.CreateAsync(servers.Postgres, name), await CounterBroker.CreateAsync(servers.RabbitMq, name));
    }

    public CounterWorkerSettings SettingsFor(string worker) =>
        new() { Name = worker, ConnectionString = Database.ConnectionString, AmqpUri = Broker.AmqpUri };

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
