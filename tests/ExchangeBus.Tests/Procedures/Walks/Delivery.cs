using System.Reflection;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using MassTransit.Context;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>The event that a sentence is handling, without a broker and without a store; what the sentence publishes is kept.</summary>
public class Delivery : DispatchProxy
{
    private object? _message;
    private List<object> _published = [];

    internal static ConsumeContext<T> Of<T>(T message, List<object> published)
        where T : class
    {
        var context = Create<ConsumeContext<T>, Delivery>();
        ((Delivery)(object)context)._message = message;
        ((Delivery)(object)context)._published = published;
        return context;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_Message":
                return _message;
            case "get_SerializerContext":
                return null;
            case nameof(PipeContext.TryGetPayload):
                var isUnit = targetMethod.GetGenericArguments()[0] == typeof(IUnitOfWorkContext);
                args![0] = isUnit ? new Commands() : null;
                return isUnit;
            case nameof(IPublishEndpoint.Publish) or nameof(ISendEndpoint.Send):
                lock (_published)
                    _published.Add(args![0]!);
                return Task.CompletedTask;
        }

        return Nothing(targetMethod.ReturnType);
    }

    private object? Nothing(Type type)
    {
        if (type == typeof(Task))
            return Task.CompletedTask;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [Nothing(type.GetGenericArguments()[0])]);
        if (type.IsValueType && type != typeof(void))
            return Activator.CreateInstance(type);
        if (!type.IsInterface || type.IsGenericType)
            return null;
        var other = (Delivery)Create(type, typeof(Delivery));
        other._published = _published;
        return other;
    }

    private sealed class Commands : IUnitOfWorkContext
    {
        public UnitOfWork Unit { get; } = new(null, Guid.Empty);
    }
}

/// <summary>An event together with the dossier that it was found to be about.</summary>
internal sealed class DeliveryToDossier<TState, T>(ConsumeContext<T> context, TState dossier) : ConsumeContextScope<T>(context), SagaConsumeContext<TState, T>
    where TState : class, ISaga
    where T : class
{
    public TState Saga => dossier;

    public bool IsCompleted => false;

    public Task SetCompleted() => Task.CompletedTask;
}
