using ExchangeBus.LocalServers;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>A database that the workers of one test have to themselves.</summary>
internal sealed class CounterDatabase
{
    public const string WorkerApplication = "counter-worker";

    private CounterDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public static async Task<CounterDatabase> CreateAsync(PostgresServer server, string name)
    {
        var database = new CounterDatabase(await server.CreateDatabaseAsync(name));
        await using var dataSource = NpgsqlDataSource.Create(database.ConnectionString);
        var services = new ServiceCollection();
        services.AddPostgreSqlStorage(x => x.DataSource = dataSource);
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
        });
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<PostgreSqlStorage>().CreateSchemaAsync();
        return database;
    }

    public Task<long> CountInboxAsync() => ScalarAsync<long>("select count(*) from masstransit.inbox");

    public Task<long> CountOutboxAsync() => ScalarAsync<long>("select count(*) from masstransit.outbox");

    public Task<long> SumCountersAsync() => ScalarAsync<long>("select coalesce(sum((data ->> 'count')::int), 0)::bigint from masstransit.saga_counter");

    /// <summary>One value, over a connection of its own: those of a pool may be killed, or be from before the server was.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Kills a session of a worker that is in the middle of something; tells how many there were.</summary>
    public Task<long> KillSessionAsync() => ScalarAsync<long>("""
        select count(pg_terminate_backend(pid)) from (
            select pid from pg_stat_activity
            where datname = current_database() and application_name = 'counter-worker' and state = 'active' order by random() limit 1) as victim
        """);
}
