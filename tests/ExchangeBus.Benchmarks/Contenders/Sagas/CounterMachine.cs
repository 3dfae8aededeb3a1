using MassTransit;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>Makes a saga take one step.</summary>
public sealed record CountOne(Guid CounterId, long Number);

/// <summary>What the step tells the world.</summary>
public sealed record Counted(Guid CounterId, long Number, int Count);

/// <summary>The smallest saga whose steps can be checked afterwards: the counts of all must add up to the messages.</summary>
public sealed class Counter : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = null!;

    public int Count { get; set; }
}

/// <summary>One transition and one outgoing message per message.</summary>
public sealed class CounterMachine : MassTransitStateMachine<Counter>
{
    public CounterMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => One, x => x.CorrelateById(m => m.Message.CounterId));
        Initially(When(One).Then(x => x.Saga.Count++).Publish(Result).TransitionTo(Counting));
        During(Counting, When(One).Then(x => x.Saga.Count++).Publish(Result));
    }

    public State Counting { get; private set; } = null!;

    public Event<CountOne> One { get; private set; } = null!;

    private static Counted Result(BehaviorContext<Counter, CountOne> x) => new(x.Saga.CorrelationId, x.Message.Number, x.Saga.Count);
}
