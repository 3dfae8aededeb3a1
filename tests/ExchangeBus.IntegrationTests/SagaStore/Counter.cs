using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore;

public sealed record StartCounting
{
    public required Guid CounterId { get; init; }
    public string Label { get; init; } = "";
}

public sealed record CountOne
{
    public required Guid CounterId { get; init; }
}

public sealed record CountByLabel
{
    public required string Label { get; init; }
}

public sealed record StopCounting
{
    public required Guid CounterId { get; init; }
}

public sealed record ReadCounter
{
    public required Guid CounterId { get; init; }
}

public sealed record CounterReading
{
    public required int Count { get; init; }
    public required string State { get; init; }
}

public sealed record Counted
{
    public required Guid CounterId { get; init; }
    public required int Count { get; init; }
}

public sealed record FailCounting
{
    public required Guid CounterId { get; init; }
}

public sealed class Counter : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = null!;
    public int Count { get; private set; }
    public string? Label { get; set; }
    public List<string> Notes { get; } = [];
    public int Doubled => Count * 2;
    public short? Version { get; set; }

    public void Add() => Count++;
}

/// <summary>Counts; every step publishes what it counted.</summary>
public sealed class CounterMachine : MassTransitStateMachine<Counter>
{
    public CounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Started, x => x.CorrelateById(m => m.Message.CounterId));
        Event(() => One, x =>
        {
            x.CorrelateById(m => m.Message.CounterId);
            x.OnMissingInstance(m => m.Discard());
        });
        Event(() => ByLabel, x =>
        {
            x.CorrelateBy((saga, m) => saga.Label == m.Message.Label);
            x.SelectId(_ => NewId.NextGuid());
        });
        Event(() => Stopped, x => x.CorrelateById(m => m.Message.CounterId));
        Event(() => Failed, x => x.CorrelateById(m => m.Message.CounterId));
        Event(() => Read, x =>
        {
            x.CorrelateById(m => m.Message.CounterId);
            x.ReadOnly = true;
            x.OnMissingInstance(m => m.ExecuteAsync(c => c.RespondAsync(new CounterReading { Count = -1, State = "none" })));
        });

        Initially(
            When(Started).Then(x => (x.Saga.Label, x.Saga.Version) = (x.Message.Label, 1)).TransitionTo(Counting),
            When(One).Then(x => x.Saga.Add()).Publish(Result).TransitionTo(Counting),
            When(ByLabel).Then(x => x.Saga.Label = x.Message.Label).Then(x => x.Saga.Add()).TransitionTo(Counting));
        During(Counting,
            Ignore(Started),
            When(One).Then(x => x.Saga.Add()).Publish(Result),
            When(ByLabel).Then(x => x.Saga.Add()),
            When(Failed).Then(x => x.Saga.Add()).Publish(Result).Then(_ => throw new InvalidOperationException("It failed as told.")),
            When(Read).Then(x => x.Saga.Add()).RespondAsync(x => Task.FromResult(new CounterReading { Count = x.Saga.Count, State = x.Saga.CurrentState })),
            When(Stopped).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Counting { get; private set; } = null!;
    public Event<StartCounting> Started { get; private set; } = null!;
    public Event<CountOne> One { get; private set; } = null!;
    public Event<CountByLabel> ByLabel { get; private set; } = null!;
    public Event<StopCounting> Stopped { get; private set; } = null!;
    public Event<FailCounting> Failed { get; private set; } = null!;
    public Event<ReadCounter> Read { get; private set; } = null!;

    private static Counted Result(BehaviorContext<Counter> x) => new() { CounterId = x.Saga.CorrelationId, Count = x.Saga.Count };
}
