using System.Collections.Concurrent;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.MassTransit.RabbitMq;
using ExchangeBus.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class When_the_transport_is_RabbitMQ
{
    private readonly string _name = "s" + Guid.CreateVersion7().ToString("n")[^12..];
    private readonly ConcurrentQueue<Counted> _results = [];
    private FakeTimeProvider _time = null!;
    private NpgsqlDataSource _dataSource = null!;
    private IHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _dataSource = NpgsqlDataSource.Create(await Servers.Current.Postgres.CreateDatabaseAsync("sagastore") + ";No Reset On Close=true");
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddPostgreSqlStorage(x => (x.DataSource, x.Schema) = (_dataSource, _name));
        builder.Services.Configure<MassTransitHostOptions>(x => x.WaitUntilStarted = true);
        builder.Services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository().Endpoint(e => e.Name = _name + "-counter");
            x.AddSagaStateMachine<ReminderMachine, Reminder>().PostgreSqlRepository().Endpoint(e => e.Name = _name + "-reminder");
            x.AddConfigureEndpointsCallback((_, _, endpoint) =>
            {
                foreach (var (argument, value) in SafeQueues.Arguments(_name + "-dead", replicas: 1))
                    ((IRabbitMqReceiveEndpointConfigurator)endpoint).SetQueueArgument(argument, value);
                endpoint.PrefetchCount = 64;
            });
            x.UsePostgreSqlOutboxOnEndpoints();
            x.WatchConnections();
            x.UsingRabbitMq((context, cfg) =>
            {
                cfg.Host(Servers.Current.RabbitMq.AmqpUri);
                cfg.ReceiveEndpoint(_name + "-results", e => e.Handler<Counted>(m =>
                {
                    _results.Enqueue(m.Message);
                    return Task.CompletedTask;
                }));
                cfg.ConfigureEndpoints(context);
            });
        });
        _host = builder.Build();
        await _host.Services.GetRequiredService<PostgreSqlStorage>().CreateSchemaAsync();
        await _host.StartAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _dataSource.DisposeAsync();
    }

    [Test]
    public async Task Should_count_each_message_once_on_safe_queues()
    {
        var bus = _host.Services.GetRequiredService<IBus>();
        var ids = Enumerable.Range(0, 50).Select(_ => NewId.NextGuid()).ToArray();
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(ids.SelectMany(id =>
            {
                var messageId = NewId.NextGuid();
                return Enumerable.Range(0, 2).Select(_ => bus.Publish(new CountOne { CounterId = id }, x => x.MessageId = messageId));
            }));
        }
        await EventuallyAsync("select count(*) from {schema}.inbox", 500);
        await EventuallyAsync("select count(*) from {schema}.outbox", 0);
        await EventuallyAsync("select sum((data ->> 'count')::int) from {schema}.saga_counter", 500);
        await EventuallyAsync(() => Task.FromResult((long)_results.Count), 500);
    }

    [Test]
    public async Task Should_bring_a_due_message_to_the_queue_of_its_saga()
    {
        var id = NewId.NextGuid();
        await _host.Services.GetRequiredService<IBus>().Publish(new Remind { ReminderId = id, AfterHours = 2 });
        await EventuallyAsync("select count(*) from {schema}.scheduled_message", 1);
        _time.Advance(TimeSpan.FromHours(2.1));
        await EventuallyAsync("select count(*) from {schema}.saga_reminder where current_state = 'Reminded'", 1);
    }

    private Task EventuallyAsync(string sql, long expected) => EventuallyAsync(async () =>
    {
        await using var command = _dataSource.CreateCommand(sql.Replace("{schema}", _name, StringComparison.Ordinal));
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }, expected);

    private static async Task EventuallyAsync(Func<Task<long>> actual, long expected)
    {
        for (var attempt = 0; attempt < 400 && await actual() != expected; attempt++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.That(await actual(), Is.EqualTo(expected));
    }
}
