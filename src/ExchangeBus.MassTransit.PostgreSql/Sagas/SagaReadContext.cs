using MassTransit;
using MassTransit.Middleware;
using MassTransit.Saga;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Reads instances outside of message handling, for monitoring.</summary>
internal sealed class SagaReadContext<TSaga>(SagaQueries<TSaga> queries, CancellationToken cancellationToken)
    : BasePipeContext(cancellationToken), QuerySagaRepositoryContext<TSaga>, LoadSagaRepositoryContext<TSaga>
    where TSaga : class, ISaga
{
    public async Task<TSaga> Load(Guid correlationId) => (await queries.LoadAsync(correlationId, CancellationToken))!;

    public async Task<SagaRepositoryQueryContext<TSaga>> Query(ISagaQuery<TSaga> query, CancellationToken cancellationToken = default) =>
        new DefaultSagaRepositoryQueryContext<TSaga>(this, [.. await queries.FindIdsAsync(query.FilterExpression, cancellationToken)]);
}
