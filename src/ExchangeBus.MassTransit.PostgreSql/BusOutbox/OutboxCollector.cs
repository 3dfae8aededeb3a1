using MassTransit;
using MassTransit.Middleware;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Collects sends into a unit, outside of the handling of a message.</summary>
internal sealed class OutboxCollector(UnitOfWork unit, TimeProvider timeProvider, IServiceProvider provider) : OutboxSendContext
{
    public Task AddSend<T>(SendContext<T> context) where T : class
    {
        unit.Add(OutgoingMessageFactory.Create(context, unit.OrderingKey, timeProvider));
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => provider.GetService(serviceType);
}
