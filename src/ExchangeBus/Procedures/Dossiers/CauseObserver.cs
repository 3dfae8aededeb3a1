using ExchangeBus.MassTransit.CloudEvents;
using MassTransit;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>Notes on the dossier which event is being handled, before any sentence of its procedure runs.</summary>
internal sealed class CauseObserver<TState> : IEventObserver<TState>
    where TState : DossierState
{
    public Task PreExecute(BehaviorContext<TState> context)
    {
        context.Saga.Cause = context.TryGetCloudEvent(out var cause) ? Cause.Of(cause) : Cause.None;
        return Task.CompletedTask;
    }

    public Task PreExecute<T>(BehaviorContext<TState, T> context)
        where T : class => PreExecute((BehaviorContext<TState>)context);

    public Task PostExecute(BehaviorContext<TState> context) => Task.CompletedTask;

    public Task PostExecute<T>(BehaviorContext<TState, T> context)
        where T : class => Task.CompletedTask;

    public Task ExecuteFault(BehaviorContext<TState> context, Exception exception) => Task.CompletedTask;

    public Task ExecuteFault<T>(BehaviorContext<TState, T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
