using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

/// <summary>One transition and one outgoing message with its consumer, on the in-memory transport. Absolute figures drift; the ratios of one run count.</summary>
[Explicit("Takes a minute and the whole machine.")]
internal sealed class When_the_stores_are_compared
{
    private const int Messages = 10_000;
    private const int Sagas = 4_000;

    [TestCase(16)]
    [TestCase(64)]
    public async Task Should_print_rates_and_transactions_per_message(int concurrency)
    {
        foreach (var round in new[] { "first", "second" })
        {
            var memory = await RunAsync(concurrency, null);
            var coalesced = await RunAsync(concurrency, coalesce: true);
            var plain = await RunAsync(concurrency, coalesce: false);
            TestContext.Out.WriteLine(FormattableString.Invariant(
                $"BENCH {round} concurrency {concurrency}: in memory {memory.Rate:F0}/s; coalesced {coalesced.Rate:F0}/s, {coalesced.Transactions:F2} tx/msg; plain {plain.Rate:F0}/s, {plain.Transactions:F2} tx/msg; coalesced/memory {coalesced.Rate / memory.Rate:F2}; coalesced/plain {coalesced.Rate / plain.Rate:F2}"));
        }
    }

    private static async Task<(double Rate, double Transactions)> RunAsync(int concurrency, bool? coalesce)
    {
        await using var data = coalesce is null ? null : await BenchData.CreateAsync();
        var services = new ServiceCollection();
        var seen = new Countdown(Messages);
        services.AddLogging();
        if (data is not null)
            services.AddPostgreSqlStorage(x => (x.DataSource, x.Schema, x.Coalesce) = (data.DataSource, data.Schema, coalesce!.Value));
        services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            var saga = x.AddSagaStateMachine<CounterMachine, Counter>().Endpoint(e => e.ConcurrentMessageLimit = concurrency);
            if (data is null)
            {
                saga.InMemoryRepository();
                x.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UseInMemoryOutbox(context));
            }
            else
            {
                saga.PostgreSqlRepository();
                x.UsePostgreSqlOutboxOnEndpoints();
            }
            x.UsingInMemory((context, cfg) =>
            {
                cfg.ReceiveEndpoint("results", e => e.Handler<Counted>(_ => seen.Signal()));
                cfg.ConfigureEndpoints(context);
            });
        });
        await using var provider = services.BuildServiceProvider();
        if (data is not null)
            await provider.GetRequiredService<PostgreSqlStorage>().CreateSchemaAsync();
        var bus = provider.GetRequiredService<IBusControl>();
        await bus.StartAsync();
        var ids = Enumerable.Range(0, Sagas).Select(_ => NewId.NextGuid()).ToArray();
        // Everything is sent before the clock starts to matter: publishing in memory is a small and equal part of each run.
        var before = data is null ? 0 : await data.TransactionsAsync();
        var since = TimeProvider.System.GetTimestamp();
        foreach (var chunk in Enumerable.Range(0, Messages).Chunk(500))
            await Task.WhenAll(chunk.Select(x => bus.Publish(new CountOne { CounterId = ids[x % Sagas] })));
        await seen.Completed.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        var rate = Messages / TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        var transactions = data is null ? 0 : await data.TransactionsAsync() - before;
        await bus.StopAsync();
        return (rate, (double)transactions / Messages);
    }

    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Completed => _completed.Task;

        public Task Signal()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _completed.SetResult();
            return Task.CompletedTask;
        }
    }

    private sealed class BenchData(NpgsqlDataSource dataSource, string schema) : IAsyncDisposable
    {
        public NpgsqlDataSource DataSource { get; } = dataSource;

        public string Schema { get; } = schema;

        public static async Task<BenchData> CreateAsync()
        {
            var database = await Testing.Servers.Current.Postgres.CreateDatabaseAsync("sagastore");
            var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database)
            {
                NoResetOnClose = true,
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 2,
                MaxPoolSize = 20,
            });
            return new BenchData(dataSource, "b" + Guid.CreateVersion7().ToString("n")[^12..]);
        }

        public async Task<long> TransactionsAsync()
        {
            // The server adds a session's counts when the session is idle for a second or ends.
            NpgsqlConnection.ClearAllPools();
            await Task.Delay(TimeSpan.FromSeconds(1.2), TimeProvider.System);
            await using var command = DataSource.CreateCommand("select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
            return (long)(await command.ExecuteScalarAsync())!;
        }

        public ValueTask DisposeAsync() => DataSource.DisposeAsync();
    }
}
