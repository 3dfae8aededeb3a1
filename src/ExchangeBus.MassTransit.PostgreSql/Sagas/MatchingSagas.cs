using System.Collections;
using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The instances that a correlation expression found. Each is loaded again under its lock and must still match.</summary>
internal sealed class MatchingSagas<TSaga, TMessage>(
    SagaRepositoryContext<TSaga, TMessage> context, IReadOnlyList<Guid> found, Func<TSaga, bool> matches, UnitOfWork unit)
    : ConsumeContextProxy<TMessage>(context), SagaRepositoryQueryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TMessage : class
{
    public int Count => found.Count;

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId)
    {
        var loaded = await context.Load(correlationId);
        if (unit.IsDuplicate || (loaded is not null && matches(loaded.Saga)))
            return loaded!;
        throw new ConcurrencyException("The instance changed between the query and its load", typeof(TSaga), correlationId);
    }

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => context.Add(instance);

    public Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance) => context.Insert(instance);

    public Task Save(SagaConsumeContext<TSaga> saga) => context.Save(saga);

    public Task Update(SagaConsumeContext<TSaga> saga) => context.Update(saga);

    public Task Delete(SagaConsumeContext<TSaga> saga) => context.Delete(saga);

    public Task Discard(SagaConsumeContext<TSaga> saga) => context.Discard(saga);

    public Task Undo(SagaConsumeContext<TSaga> saga) => context.Undo(saga);

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class => context.CreateSagaConsumeContext(consumeContext, instance, mode);

    public IEnumerator<Guid> GetEnumerator() => found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
