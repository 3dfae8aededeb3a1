using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>MassTransit asks for the observers of a state machine each time it configures the saga on an endpoint; that is the only sign of it.</summary>
internal static class EndpointCounter
{
    public static void Register<TSaga>(IServiceCollection services)
    {
        if (typeof(SagaStateMachineInstance).IsAssignableFrom(typeof(TSaga)))
            typeof(EndpointCounter).GetMethod(nameof(RegisterStateMachine), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(typeof(TSaga)).Invoke(null, [services]);
    }

    private static void RegisterStateMachine<TSaga>(IServiceCollection services) where TSaga : class, SagaStateMachineInstance =>
        services.AddTransient<IStateObserver<TSaga>>(x =>
        {
            x.GetRequiredService<OutboxCoverage>().SagaConfigured(typeof(TSaga));
            return new Silent<TSaga>();
        });

    private sealed class Silent<TSaga> : IStateObserver<TSaga> where TSaga : class, SagaStateMachineInstance
    {
        public Task StateChanged(BehaviorContext<TSaga> context, State currentState, State previousState) => Task.CompletedTask;
    }
}
