using MassTransit;
using MassTransit.Saga;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Joins the unit of work of the outbox, and hands MassTransit a repository on it.</summary>
internal sealed class PostgreSqlSagaRepositoryContextFactory<TSaga>(
    SagaTable<TSaga> table, SagaLoader<TSaga> loader, SagaQueries<TSaga> queries, InboxReader inbox, KeyLocks<(Type, Guid)> locks,
    UnitCommitter committer, TransitionRecorder transitions, PostgreSqlStorageOptions options, ISagaConsumeContextFactory<SagaSession<TSaga>, TSaga> factory)
    : ISagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
{
    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next) where T : class =>
        WithSessionAsync(context, async session =>
        {
            if (context.CorrelationId is { } correlationId)
                await session.LoadAsync(correlationId, context.CancellationToken);
            if (!session.Unit.IsDuplicate)
                await next.Send(new PostgreSqlSagaRepositoryContext<TSaga, T>(session, context, factory));
        });

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next) where T : class =>
        WithSessionAsync(context, async session =>
        {
            // Always in one order, so that two messages to the same instances do not wait for each other.
            var found = await queries.FindIdsAsync(query.FilterExpression, context.CancellationToken);
            if (found.Count == 0)
                await inbox.CheckAsync(session.Unit);
            if (session.Unit.IsDuplicate)
                return;
            var repository = new PostgreSqlSagaRepositoryContext<TSaga, T>(session, context, factory);
            await next.Send(new MatchingSagas<TSaga, T>(repository, found, query.GetFilter(), session.Unit));
        });

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new SagaReadContext<TSaga>(queries, cancellationToken));

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new SagaReadContext<TSaga>(queries, cancellationToken));

    public void Probe(ProbeContext context)
    {
        var scope = context.CreateScope("sagaRepositoryContextFactory");
        scope.Add("persistence", "postgresql");
        scope.Add("table", table.QualifiedName);
    }

    private async Task WithSessionAsync<T>(ConsumeContext<T> context, Func<SagaSession<TSaga>, Task> handle) where T : class
    {
        if (context.TryGetPayload(out IUnitOfWorkContext? outbox))
        {
            await handle(NewSession<T>(outbox.Unit));
            return;
        }
        if (!options.AllowSagaWithoutOutbox)
            throw new ConfigurationException($"The endpoint of saga {typeof(TSaga).Name} has no outbox: call UsePostgreSqlOutbox on it.");
        await using var unit = new UnitOfWork(null, Guid.Empty);
        await handle(NewSession<T>(unit));
        await await committer.CommitAsync(unit, context.CancellationToken);
    }

    private SagaSession<TSaga> NewSession<T>(UnitOfWork unit) where T : class =>
        new(table, loader, locks, unit, transitions, MessageUrn.ForTypeString<T>()["urn:message:".Length..]);
}
