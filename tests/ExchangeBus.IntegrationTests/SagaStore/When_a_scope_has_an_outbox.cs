using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.IntegrationTests.SagaStore;

/// <summary>Stands for what an application keeps in its scope, for example the user.</summary>
public sealed class Caller
{
    public string Name { get; set; } = "";
}

public sealed class NameTheCaller<T>(Caller caller) : IFilter<PublishContext<T>> where T : class
{
    public Task Send(PublishContext<T> context, IPipe<PublishContext<T>> next)
    {
        context.Headers.Set("caller", caller.Name);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("caller");
}

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class When_a_scope_has_an_outbox
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string?> _callers = [];
    private StorageHost _host = null!;
    private AsyncServiceScope _scope;

    [SetUp]
    public async Task SetUp()
    {
        _host = await StorageHost.StartAsync(x =>
        {
            x.AddHandler((ConsumeContext<Counted> context) =>
            {
                _callers.Enqueue(context.Headers.Get<string>("caller"));
                return Task.CompletedTask;
            });
            x.UsePostgreSqlBusOutbox();
            x.AddPostgreSqlMessageScheduler();
        }, services: x => x.AddScoped<Caller>(), bus: (context, cfg) => cfg.UsePublishFilter(typeof(NameTheCaller<>), context));
        _scope = _host.Get<IServiceScopeFactory>().CreateAsyncScope();
        Resolve<Caller>().Name = "desk 7";
    }

    [TearDown]
    public async Task TearDown()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Should_send_with_the_commit_of_the_caller_and_not_before()
    {
        await using var connection = await _host.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Resolve<IPublishEndpoint>().Publish(Message(1));
        await (await Resolve<ISendEndpointProvider>().GetSendEndpoint(new Uri("queue:results"))).Send(Message(2));
        Assert.That(Resolve<ScopedOutbox>().Count, Is.EqualTo(2));
        Assert.That(_host.Results, Is.Empty);

        await Resolve<ScopedOutbox>().CommitAsync(transaction);

        await _host.EventuallyAsync(() => _host.Results.Count, 2, "results");
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        Assert.That(Resolve<ScopedOutbox>().Count, Is.Zero);
        await _host.EventuallyAsync(() => string.Join(", ", _callers), "desk 7", "a scoped filter sees the services of the scope");
    }

    [Test]
    public async Task Should_send_what_the_caller_commits_itself()
    {
        await using (var connection = await _host.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await Resolve<IPublishEndpoint>().Publish(Message(1));
            await Resolve<ScopedOutbox>().WriteAsync(transaction);
            await transaction.CommitAsync();
            Assert.That(_host.Results, Is.Empty);
        }
        await Resolve<ScopedOutbox>().DeliverAsync();
        await _host.EventuallyAsync(() => _host.Results.Count, 1, "results");
    }

    [Test]
    public async Task Should_send_nothing_after_a_rollback_or_without_a_commit()
    {
        await using (var connection = await _host.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await Resolve<IPublishEndpoint>().Publish(Message(1));
            await Resolve<ScopedOutbox>().WriteAsync(transaction);
            await transaction.RollbackAsync();
        }
        await Resolve<IPublishEndpoint>().Publish(Message(2));
        await _scope.DisposeAsync();

        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.outbox"), Is.Zero);
        Assert.That(_host.Results, Is.Empty);
    }

    [Test]
    public async Task Should_be_usable_again_after_a_commit()
    {
        for (var number = 1; number <= 3; number++)
        {
            await Resolve<IPublishEndpoint>().Publish(Message(number));
            await Resolve<ScopedOutbox>().CommitAsync();
        }
        await _host.EventuallyAsync(() => string.Join(",", _host.Results.Select(x => x.Count)), "1,2,3", "results");
    }

    [Test]
    public async Task Should_schedule_and_cancel_with_the_commit()
    {
        var scheduler = Resolve<IMessageScheduler>();
        var due = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1);
        var kept = await scheduler.SchedulePublish(due, Message(1));
        await scheduler.ScheduleSend(new Uri("queue:results"), due, Message(2));
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.Zero);
        await Resolve<ScopedOutbox>().CommitAsync();
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(2));

        await scheduler.CancelScheduledPublish<Counted>(kept.TokenId);
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(2));
        await Resolve<ScopedOutbox>().CommitAsync();
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.scheduled_message"), Is.EqualTo(1));
    }

    private T Resolve<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    private static Counted Message(int number) => new() { CounterId = Guid.Empty, Count = number };
}
