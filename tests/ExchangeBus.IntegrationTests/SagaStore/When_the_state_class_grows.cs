using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

public sealed class GrownCounter : SagaStateMachineInstance
{
    private GrownCounter()
    {
    }

    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = null!;
    public int Count { get; set; }
    public string Added { get; private set; } = "default";
    public CounterSource? Source { get; private set; }

    public void Touch()
    {
        Added = "by the new version";
        Source = new CounterSource("civil registry", 7);
        Count++;
    }
}

public sealed record CounterSource(string Name, int Rank);

public sealed class GrownCounterMachine : MassTransitStateMachine<GrownCounter>
{
    public GrownCounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => One, x => x.CorrelateById(m => m.Message.CounterId));
        During(Counting, When(One).Then(x => x.Saga.Touch()));
    }

    public State Counting { get; private set; } = null!;
    public Event<CountOne> One { get; private set; } = null!;
}

internal sealed class When_the_state_class_grows
{
    [Test]
    public async Task Should_read_old_state_and_keep_new_properties_through_an_update_by_the_old_version()
    {
        var id = NewId.NextGuid();
        await using var old = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
            x.UsePostgreSqlOutboxOnEndpoints();
        });
        await old.Bus.Publish(new CountOne { CounterId = id });
        await old.EventuallyAsync("select version from {schema}.saga_counter", 1);

        await using var grown = await StorageHost.StartAsync(x =>
        {
            x.AddSagaStateMachine<GrownCounterMachine, GrownCounter>().PostgreSqlRepository(r => r.Table = "saga_counter");
            x.UsePostgreSqlOutboxOnEndpoints();
        }, schema: old.Schema);
        Assert.That((await grown.Get<ILoadSagaRepository<GrownCounter>>().Load(id)).Added, Is.EqualTo("default"));
        await grown.Bus.Publish(new CountOne { CounterId = id });
        await old.EventuallyAsync("select version from {schema}.saga_counter", 2);
        await old.Bus.Publish(new CountOne { CounterId = id });
        await old.EventuallyAsync("select version from {schema}.saga_counter", 3);

        var saga = await grown.Get<ILoadSagaRepository<GrownCounter>>().Load(id);
        Assert.That((saga.Count, saga.Added, saga.Source), Is.EqualTo((3, "by the new version", new CounterSource("civil registry", 7))));
    }
}
