using System.Linq.Expressions;
using System.Reflection;
using MassTransit;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Tells the state of an instance by name, however the state machine stores it in the instance (text, number).</summary>
internal abstract class SagaStateReader<TSaga> where TSaga : class, ISaga
{
    public abstract string? Read(TSaga saga);

    /// <summary>The property that has the name of the state; null when the state is kept in another form.</summary>
    public abstract PropertyInfo? NameProperty { get; }

    /// <summary>Null for a saga without state machine.</summary>
    public static SagaStateReader<TSaga>? Find(IServiceProvider provider)
    {
        if (!typeof(SagaStateMachineInstance).IsAssignableFrom(typeof(TSaga)))
            return null;
        var machine = provider.GetService(typeof(SagaStateMachine<>).MakeGenericType(typeof(TSaga)));
        return machine is null
            ? null
            : (SagaStateReader<TSaga>)Activator.CreateInstance(typeof(SagaStateReaderOf<>).MakeGenericType(typeof(TSaga)), machine)!;
    }
}

internal sealed class SagaStateReaderOf<TSaga>(SagaStateMachine<TSaga> machine) : SagaStateReader<TSaga>
    where TSaga : class, SagaStateMachineInstance
{
    private readonly (string Name, Func<TSaga, bool> IsIn)[] _states =
        [.. machine.States.Select(x => (x.Name, machine.Accessor.GetStateExpression(x).Compile()))];

    // MassTransit tells the property only by the comparison with a state.
    public override PropertyInfo? NameProperty { get; } = machine.States.Select(x => machine.Accessor.GetStateExpression(x).Body).FirstOrDefault()
        is BinaryExpression { Left: MemberExpression { Member: PropertyInfo property } } && property.PropertyType == typeof(string) ? property : null;

    public override string? Read(TSaga saga)
    {
        foreach (var (name, isIn) in _states)
        {
            if (isIn(saga))
                return name;
        }
        return null;
    }
}
