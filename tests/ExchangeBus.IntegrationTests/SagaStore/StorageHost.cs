using System.Collections.Concurrent;
using Dapper;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

/// <summary>A host with the in-memory transport and the real database, in a schema of its own.</summary>
internal sealed class StorageHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly ReceiveCount _received = new();

    private readonly string _connectionString;

    private StorageHost(ServiceProvider provider, NpgsqlDataSource dataSource, string connectionString, string schema)
    {
        (_provider, DataSource, _connectionString, Schema) = (provider, dataSource, connectionString, schema);
        Harness = provider.GetRequiredService<ITestHarness>();
    }

    public NpgsqlDataSource DataSource { get; }

    public string Schema { get; }

    public ITestHarness Harness { get; }

    public IBus Bus => Harness.Bus;

    /// <summary>What arrived of the published results, on an endpoint without the outbox.</summary>
    public ConcurrentQueue<Counted> Results { get; private init; } = [];

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public static async Task<StorageHost> StartAsync(
        Action<IBusRegistrationConfigurator> configure, Action<PostgreSqlStorageOptions>? storage = null,
        Action<IServiceCollection>? services = null, string? schema = null,
        Action<IBusRegistrationContext, IInMemoryBusFactoryConfigurator>? bus = null, bool createSchema = true)
    {
        schema ??= "s" + Guid.CreateVersion7().ToString("n")[^12..];
        var database = await Servers.Current.Postgres.CreateDatabaseAsync("sagastore");
        var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database)
        {
            NoResetOnClose = true,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 20,
            ApplicationName = schema,
        });

        var results = new ConcurrentQueue<Counted>();
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        collection.TryAddSingleton(TimeProvider.System);
        collection.AddPostgreSqlStorage(x =>
        {
            x.DataSource = dataSource;
            x.Schema = schema;
            storage?.Invoke(x);
        });
        collection.AddMassTransitTestHarness(x =>
        {
            x.DisableUsageTelemetry();
            x.SetTestTimeouts(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(5));
            configure(x);
            x.UsingInMemory((context, cfg) =>
            {
                cfg.ReceiveEndpoint("results", e => e.Handler<Counted>(x =>
                {
                    results.Enqueue(x.Message);
                    return Task.CompletedTask;
                }));
                bus?.Invoke(context, cfg);
                cfg.ConfigureEndpoints(context);
            });
        });
        var provider = collection.BuildServiceProvider(validateScopes: true);
        var host = new StorageHost(provider, dataSource, database, schema) { Results = results };
        if (createSchema)
            await host.Get<PostgreSqlStorage>().CreateSchemaAsync();
        foreach (var check in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await check.StartingAsync(CancellationToken.None);
        await host.Harness.Start();
        host.Bus.ConnectReceiveObserver(host._received);
        return host;
    }

    /// <summary>One value of the database. <c>{schema}</c> stands for the schema.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        // Not with the sessions of the host, which a test may kill.
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        return await connection.ExecuteScalarAsync<T>(sql.Replace("{schema}", Schema, StringComparison.Ordinal));
    }

    /// <summary>Asks until the answer is the expected one; fails with the last answer after half a minute.</summary>
    public Task EventuallyAsync<T>(string sql, T expected) => EventuallyAsync(() => ScalarAsync<T>(sql), expected, sql);

    /// <inheritdoc cref="EventuallyAsync{T}(string, T)"/>
    public Task EventuallyAsync<T>(Func<T> actual, T expected, string what) => EventuallyAsync(() => Task.FromResult<T?>(actual()), expected, what);

    private static async Task EventuallyAsync<T>(Func<Task<T?>> actual, T expected, string what)
    {
        T? last = default;
        for (var attempt = 0; attempt < 600; attempt++)
        {
            last = await actual();
            if (EqualityComparer<T>.Default.Equals(last, expected))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        Assert.That(last, Is.EqualTo(expected), what);
    }

    /// <summary>Waits until so many messages have been received and settled by the endpoint of <see cref="Counter"/>, duplicates included.</summary>
    public Task ReceivedAsync(int count) => EventuallyAsync(() => _received.Count, count, "received");

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await DataSource.DisposeAsync();
    }

    private sealed class ReceiveCount : IReceiveObserver
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task PostReceive(ReceiveContext context)
        {
            if (context.InputAddress.AbsolutePath.EndsWith("/Counter", StringComparison.Ordinal))
                Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        }

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class =>
            Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }
}
