using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>What MassTransit asks of a repository while it handles one message. Nothing is written here; the unit is written when the message is done.</summary>
internal sealed class PostgreSqlSagaRepositoryContext<TSaga, TMessage>(
    SagaSession<TSaga> session, ConsumeContext<TMessage> consumeContext, ISagaConsumeContextFactory<SagaSession<TSaga>, TSaga> factory)
    : ConsumeContextScope<TMessage>(consumeContext, session), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TMessage : class
{
    private readonly ConsumeContext<TMessage> _consumeContext = consumeContext;

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => Create(instance, SagaConsumeContextMode.Add);

    public async Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance)
    {
        var existing = await session.LoadAsync(instance.CorrelationId, CancellationToken);
        // Null is MassTransit's word for "exists already", after which it loads.
        return existing is null && !session.Unit.IsDuplicate ? await Create(instance, SagaConsumeContextMode.Insert) : null!;
    }

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId)
    {
        var saga = await session.LoadAsync(correlationId, CancellationToken);
        return saga is null ? null! : await Create(saga, SagaConsumeContextMode.Load);
    }

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        session.Save(context.Saga);
        return Task.CompletedTask;
    }

    public Task Update(SagaConsumeContext<TSaga> context) => Save(context);

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        session.Complete(context.Saga);
        return Task.CompletedTask;
    }

    /// <summary>Also called when user code threw; then the unit is dropped anyway.</summary>
    public Task Discard(SagaConsumeContext<TSaga> context) => Delete(context);

    public Task Undo(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class => factory.CreateSagaConsumeContext(session, consumeContext, instance, mode);

    private Task<SagaConsumeContext<TSaga, TMessage>> Create(TSaga saga, SagaConsumeContextMode mode)
    {
        session.Begin(saga, isNew: mode != SagaConsumeContextMode.Load);
        return factory.CreateSagaConsumeContext(session, _consumeContext, saga, mode);
    }
}
