using System.Text.Json.Serialization;
using ExchangeBus.IntegrationTests.SagaStore.Worker;
using ExchangeBus.Testing;
using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore.Faults;

/// <summary>Another version of the class, in which the count is text.</summary>
public sealed class WordyCounter : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = null!;
    public string Count { get; set; } = "many";
}

/// <summary>Another version of the class, in which the count has another name and may not be missing.</summary>
public sealed class RenamedCounter : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = null!;
    [JsonRequired]
    public int Total { get; set; }
}

public sealed class WordyCounterMachine : MassTransitStateMachine<WordyCounter>
{
    public WordyCounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => One, x => x.CorrelateById(m => m.Message.CounterId));
        Initially(When(One).Publish(x => new Counted { CounterId = x.Saga.CorrelationId, Count = 1 }).TransitionTo(Counting));
    }

    public State Counting { get; private set; } = null!;
    public Event<CountOne> One { get; private set; } = null!;
}

public sealed class RenamedCounterMachine : MassTransitStateMachine<RenamedCounter>
{
    public RenamedCounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => One, x => x.CorrelateById(m => m.Message.CounterId));
        Initially(When(One).Then(x => x.Saga.Total++).Publish(x => new Counted { CounterId = x.Saga.CorrelationId, Count = x.Saga.Total }).TransitionTo(Counting));
        During(Counting, When(One).Then(x => x.Saga.Total++).Publish(x => new Counted { CounterId = x.Saga.CorrelationId, Count = x.Saga.Total }));
    }

    public State Counting { get; private set; } = null!;
    public Event<CountOne> One { get; private set; } = null!;
}

internal sealed class When_stored_state_cannot_be_read
{
    private CounterSite _site = null!;

    [SetUp]
    public async Task SetUp() => _site = await CounterSite.CreateAsync(Servers.Current);

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public Task Should_park_the_messages_of_that_saga_only_when_there_is_text_for_a_number() =>
        ParkThoseOfTheStoredOneAsync<WordyCounterMachine, WordyCounter, CounterMachine, Counter>();

    [Test]
    public Task Should_park_the_messages_of_that_saga_only_when_a_property_that_may_not_be_missing_was_renamed() =>
        ParkThoseOfTheStoredOneAsync<CounterMachine, Counter, RenamedCounterMachine, RenamedCounter>();

    private async Task ParkThoseOfTheStoredOneAsync<TBeforeMachine, TBefore, TAfterMachine, TAfter>()
        where TBeforeMachine : class, SagaStateMachine<TBefore>
        where TBefore : class, SagaStateMachineInstance
        where TAfterMachine : class, SagaStateMachine<TAfter>
        where TAfter : class, SagaStateMachineInstance
    {
        const string dataSql = "select string_agg(data::text, '') from masstransit.saga_counter where version = 1 and correlation_id = (select min(correlation_id::text)::uuid from masstransit.saga_counter)";
        // The smallest id of all.
        var stored = new CountOne { CounterId = new Guid(1, 0, 0, new byte[8]) };
        var others = Enumerable.Range(0, 10).Select(_ => new CountOne { CounterId = NewId.NextGuid() }).ToArray();
        var results = await _site.Broker.ReceiveResultsAsync();
        await using (await CountingHost.StartAsync<TBeforeMachine, TBefore>(_site))
        {
            await _site.Broker.SendAsync(stored);
            await _site.AssertCountedAsync(results, counted: 1, parked: 0);
        }
        var before = await _site.Database.ScalarAsync<string>(dataSql);

        await using var host = await CountingHost.StartAsync<TAfterMachine, TAfter>(_site);
        await _site.Broker.SendManyAsync(Enumerable.Range(0, 5).SelectMany(_ => others.Append(stored)).Select(x => (x, NewId.NextGuid())));

        await _site.AssertCountedAsync(results, counted: 1 + 50, parked: 5);
        var parked = (await _site.Broker.FirstParkedAsync())!;
        TestContext.Out.WriteLine(parked.Fault);
        Assert.That(parked.ExceptionType, Does.EndWith("JsonException").Or.EndWith("InvalidOperationException"), "the reason");
        Assert.That(parked.Body, Does.Contain(stored.CounterId.ToString()), "the message of the saga that cannot be read");
        Assert.That(await _site.Database.ScalarAsync<string>(dataSql), Is.EqualTo(before), "the state that could not be read");
    }
}
