using MassTransit;
using MassTransit.Clients;
using MassTransit.DependencyInjection;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Decides what the injected endpoints of a scope do: within the handling of a message they belong to it, elsewhere to the scope's outbox.</summary>
internal sealed class ScopedOutboxBusContextProvider<TBus>(
    TBus bus, Bind<TBus, IClientFactory> clients, Bind<TBus, IScopedConsumeContextProvider> ofThisBus, IScopedConsumeContextProvider ofAnyBus,
    ScopedOutbox outbox, IServiceProvider provider) : IScopedBusContextProvider<TBus>
    where TBus : class, IBus
{
    public ScopedBusContext Context { get; } = ofThisBus.Value.HasContext
        ? new ConsumeContextScopedBusContext(ofThisBus.Value.GetContext(), clients.Value)
        : ofAnyBus.HasContext
            ? new ConsumeContextScopedBusContext<TBus>(bus, ofAnyBus.GetContext(), clients.Value, provider)
            : new ScopedOutboxBusContext(bus, outbox, clients.Value, provider);
}

internal sealed class ScopedOutboxBusContext(IBus bus, ScopedOutbox outbox, IClientFactory clients, IServiceProvider provider) : ScopedBusContext
{
    public ISendEndpointProvider SendEndpointProvider { get; } = new OutboxSendEndpointProvider(outbox.Collector, bus);

    public IPublishEndpoint PublishEndpoint { get; } = new PublishEndpoint(new OutboxPublishEndpointProvider(outbox.Collector, bus));

    // A request that waits for its answer cannot wait for a commit.
    public IScopedClientFactory ClientFactory { get; } = new ScopedClientFactory(new ClientFactory(new ScopedClientFactoryContext(clients, provider)), null);
}
