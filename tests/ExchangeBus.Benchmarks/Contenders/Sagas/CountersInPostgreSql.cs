using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.LocalServers;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>Our repository, inbox and outbox.</summary>
internal sealed class CountersInPostgreSql(LocalServerSet servers, bool coalesce) : ICounterStore
{
    private const string SumOfCounters = "select coalesce(sum((data ->> 'count')::bigint), 0)::bigint from masstransit.saga_counter";
    private const string LeftInOutbox = "select count(*) from masstransit.outbox";

    private CounterDatabase? _database;
    private Recordings? _roundTrips;
    private Recordings? _commits;
    private long _transactions;
    private long _sum;

    public string Name => coalesce ? "ours coalesced" : "ours plain";

    public Side Side => Side.Ours;

    public async Task CreateAsync(CancellationToken cancellationToken) => _database = await CounterDatabase.CreateAsync(servers, cancellationToken);

    public void Register(IServiceCollection services, IBusRegistrationConfigurator bus, ISagaRegistrationConfigurator<Counter> saga)
    {
        services.AddPostgreSqlStorage(x => (x.DataSource, x.Coalesce) = (_database!.DataSource, coalesce));
        saga.PostgreSqlRepository();
        bus.UsePostgreSqlOutboxOnEndpoints();
    }

    public Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<PostgreSqlStorage>().CreateSchemaAsync(cancellationToken: cancellationToken);

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _sum = await _database!.CountAsync(SumOfCounters);
        _transactions = await _database.CountTransactionsAsync(cancellationToken);
        await _database.OpenSessionsAsync(cancellationToken);
        // A command or a batch is sent whole and its answers are read together: one recording, one round trip.
        _roundTrips = new Recordings("Npgsql", "db.client.operation.duration", ("db.client.connection.pool.name", _database.Name));
        _commits = new Recordings(StorageTelemetry.Name, "messaging.batch.message_count", ("messaging.operation.name", "commit"));
    }

    public async Task<IReadOnlyList<Figure>> EndAsync(long messages, CancellationToken cancellationToken)
    {
        var left = await _database!.CountWhenEmptyAsync(LeftInOutbox, cancellationToken);
        using var roundTrips = _roundTrips!;
        using var commits = _commits!;
        var transactions = await _database.CountTransactionsAsync(cancellationToken) - _transactions;
        var counted = await _database.CountAsync(SumOfCounters) - _sum;
        if (counted != messages || left != 0)
            throw new WrongOutcomeException($"{Name}: {messages} messages, the counters have grown by {counted}, and {left} messages are left in the outbox.");
        return
        [
            new("transactions each", (double)transactions / messages),
            new("round trips each", (double)roundTrips.Count / messages),
            new("messages a commit", commits.Mean),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _roundTrips?.Dispose();
        _commits?.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
