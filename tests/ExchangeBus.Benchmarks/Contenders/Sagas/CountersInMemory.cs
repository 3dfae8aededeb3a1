using ExchangeBus.Benchmarks.Measuring;
using MassTransit;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Benchmarks.Contenders.Sagas;

/// <summary>MassTransit's own repository and outbox, which a crash loses: what the saga step costs without durability.</summary>
internal sealed class CountersInMemory : ICounterStore
{
    private IndexedSagaDictionary<Counter>? _sagas;
    private long _before;

    public string Name => "MassTransit in memory";

    public Side Side => Side.Rival;

    public Task CreateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Register(IServiceCollection services, IBusRegistrationConfigurator bus, ISagaRegistrationConfigurator<Counter> saga)
    {
        saga.InMemoryRepository();
        bus.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UseInMemoryOutbox(context));
    }

    public Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        _sagas = services.GetRequiredService<IndexedSagaDictionary<Counter>>();
        return Task.CompletedTask;
    }

    public Task BeginAsync(CancellationToken cancellationToken)
    {
        _before = Sum();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Figure>> EndAsync(long messages, CancellationToken cancellationToken)
    {
        var counted = Sum() - _before;
        return counted == messages
            ? Task.FromResult<IReadOnlyList<Figure>>([])
            : throw new WrongOutcomeException($"{Name}: {messages} messages, and the counters have grown by {counted}.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private long Sum() => _sagas!.Select(saga => (long)saga.Count).Sum();
}
