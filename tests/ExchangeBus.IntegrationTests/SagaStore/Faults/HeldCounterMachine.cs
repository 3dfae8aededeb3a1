using MassTransit;

namespace ExchangeBus.IntegrationTests.SagaStore.Faults;

public sealed record CountHeld
{
    public required Guid CounterId { get; init; }
}

/// <summary>Holds handlers in their middle until it is opened.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a handler is held.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.SetResult();

    public Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _open.Task.WaitAsync(cancellationToken);
    }
}

/// <summary>Counts, and for one kind of message waits in between, with everything done that could leave a trace.</summary>
public sealed class HeldCounterMachine : MassTransitStateMachine<Counter>
{
    public HeldCounterMachine(Gate gate)
    {
        InstanceState(x => x.CurrentState);
        Event(() => One, x => x.CorrelateById(m => m.Message.CounterId));
        Event(() => Held, x => x.CorrelateById(m => m.Message.CounterId));
        Initially(
            When(One).Then(x => x.Saga.Add()).Publish(Result).TransitionTo(Counting));
        During(Counting,
            When(One).Then(x => x.Saga.Add()).Publish(Result),
            When(Held).Then(x => x.Saga.Add()).Publish(Result).ThenAsync(x => gate.PassAsync(x.CancellationToken)));
    }

    public State Counting { get; private set; } = null!;
    public Event<CountOne> One { get; private set; } = null!;
    public Event<CountHeld> Held { get; private set; } = null!;

    private static Counted Result(BehaviorContext<Counter> x) => new() { CounterId = x.Saga.CorrelationId, Count = x.Saga.Count };
}
