using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using MassTransit.Saga;

namespace ExchangeBus.IntegrationTests.SagaStore;

[TestFixture(true, false)]
[TestFixture(false, false)]
[TestFixture(false, true)]
internal sealed class When_a_saga_is_stored(bool coalesce, bool pessimistic)
{
    private StorageHost _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await StorageHost.StartAsync(x =>
    {
        x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository(r =>
        {
            r.SearchBy(c => c.Label, unique: true);
            // Its name is that of a column which every table has.
            r.SearchBy(c => c.Version);
            r.Pessimistic = pessimistic;
        });
        x.UsePostgreSqlOutboxOnEndpoints();
    }, x => x.Coalesce = coalesce);

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task Should_insert_the_first_and_update_by_the_next_message()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter where version = 1", 1L);
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select max(version) from {schema}.saga_counter", 2);

        Assert.That(await _host.ScalarAsync<string>("select current_state from {schema}.saga_counter"), Is.EqualTo("Counting"));
        Assert.That(await _host.ScalarAsync<int>("select (data ->> 'count')::int from {schema}.saga_counter"), Is.EqualTo(2));
        Assert.That(await _host.ScalarAsync<bool>("select data ? 'doubled' from {schema}.saga_counter"), Is.False);
        await _host.EventuallyAsync(() => _host.Results.Count, 2, "results");
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
    }

    [Test]
    public async Task Should_count_a_message_once_however_often_it_comes()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
        var messageId = NewId.NextGuid();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _host.Bus.Publish(new CountOne { CounterId = id }, x => x.MessageId = messageId)));
        await _host.ReceivedAsync(4);

        Assert.That(await _host.ScalarAsync<int>("select (data ->> 'count')::int from {schema}.saga_counter"), Is.EqualTo(2));
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(2));
        await _host.EventuallyAsync("select count(*) from {schema}.outbox", 0L);
        await _host.EventuallyAsync(() => _host.Results.Count, 2, "results");
        Assert.That(_host.Harness.Published.Select<Fault<CountOne>>(new CancellationToken(canceled: true)), Is.Empty);
    }

    [Test]
    public async Task Should_find_it_by_a_declared_column()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new StartCounting { CounterId = id, Label = "Lan's" });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter where label = 'Lan''s'", 1L);
        await _host.Bus.Publish(new CountByLabel { Label = "Lan's" });
        await _host.EventuallyAsync("select (data ->> 'count')::int from {schema}.saga_counter", 1);

        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.saga_counter"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_make_one_instance_when_two_first_messages_with_one_key_arrive_together()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.Bus.Publish(new CountByLabel { Label = "Minh" })));
        await _host.EventuallyAsync("select max((data ->> 'count')::int) from {schema}.saga_counter", 8);

        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.saga_counter"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_answer_for_a_missing_instance_and_change_nothing_on_a_read()
    {
        var id = NewId.NextGuid();
        var client = _host.Harness.GetRequestClient<ReadCounter>();
        Assert.That((await client.GetResponse<CounterReading>(new ReadCounter { CounterId = id })).Message.Count, Is.EqualTo(-1));
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);

        Assert.That((await client.GetResponse<CounterReading>(new ReadCounter { CounterId = id })).Message.Count, Is.EqualTo(2));
        Assert.That((await client.GetResponse<CounterReading>(new ReadCounter { CounterId = id })).Message.Count, Is.EqualTo(2));
        Assert.That(await _host.ScalarAsync<int>("select version from {schema}.saga_counter"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_delete_it_when_it_is_completed()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
        await _host.Bus.Publish(new StopCounting { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 0L);
    }

    [Test]
    public async Task Should_leave_no_trace_of_a_step_that_throws_but_its_fault()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new CountOne { CounterId = id });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);
        await _host.Bus.Publish(new FailCounting { CounterId = id });

        Assert.That(await _host.Harness.Published.Any<Fault<FailCounting>>(), Is.True);
        Assert.That(_host.Results, Has.Count.EqualTo(1));
        Assert.That(await _host.ScalarAsync<int>("select (data ->> 'count')::int from {schema}.saga_counter"), Is.EqualTo(1));
        Assert.That(await _host.ScalarAsync<long>("select count(*) from {schema}.inbox"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_be_readable_for_monitoring()
    {
        var id = NewId.NextGuid();
        await _host.Bus.Publish(new StartCounting { CounterId = id, Label = "Hoa" });
        await _host.EventuallyAsync("select count(*) from {schema}.saga_counter", 1L);

        var saga = await _host.Get<ILoadSagaRepository<Counter>>().Load(id);
        var found = await _host.Get<IQuerySagaRepository<Counter>>().Find(new SagaQuery<Counter>(x => x.Label == "Hoa" && x.Label != null));
        Assert.That(saga.Label, Is.EqualTo("Hoa"));
        Assert.That(found, Is.EqualTo(new[] { id }));
        Assert.That(await _host.Get<ILoadSagaRepository<Counter>>().Load(NewId.NextGuid()), Is.Null);
        var counting = new SagaQuery<Counter>(x => x.CurrentState == "Counting" && x.Label == "Hoa" && x.Version == 1);
        Assert.That(await _host.Get<IQuerySagaRepository<Counter>>().Find(counting), Is.EqualTo(new[] { id }));
        Assert.That(await _host.Get<IQuerySagaRepository<Counter>>().Find(new SagaQuery<Counter>(x => x.CurrentState != "Counting")), Is.Empty);
    }
}
