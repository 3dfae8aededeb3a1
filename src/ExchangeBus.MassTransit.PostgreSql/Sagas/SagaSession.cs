using MassTransit;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The instances of one saga type within one unit: loads each at most once, remembers versions, notes what is to be written.</summary>
internal sealed class SagaSession<TSaga>(SagaTable<TSaga> table, SagaLoader<TSaga> loader, KeyLocks<(Type, Guid)> locks, UnitOfWork unit)
    where TSaga : class, ISaga
{
    private readonly Dictionary<Guid, LoadedSaga<TSaga>?> _loaded = [];

    public UnitOfWork Unit => unit;

    /// <summary>Serialises the messages of an instance within this process; then versions only conflict between processes.</summary>
    public async Task<TSaga?> LoadAsync(Guid correlationId, CancellationToken cancellationToken)
    {
        if (!_loaded.TryGetValue(correlationId, out var loaded))
        {
            unit.Hold(await locks.AcquireAsync((typeof(TSaga), correlationId), cancellationToken));
            loaded = await loader.LoadAsync(unit, correlationId, cancellationToken);
            _loaded.Add(correlationId, loaded);
            unit.OrderingKey ??= table.Name + "/" + correlationId;
        }
        return loaded?.Saga;
    }

    public void Save(TSaga saga) => unit.Write(_loaded.GetValueOrDefault(saga.CorrelationId) is { } loaded
        ? table.CreateWrite(SagaWriteKind.Update, saga, loaded.Version)
        : table.CreateWrite(SagaWriteKind.Insert, saga, 0));

    public void Complete(TSaga saga)
    {
        if (table.Options.KeepCompleted)
            Save(saga);
        else if (_loaded.GetValueOrDefault(saga.CorrelationId) is { } loaded)
            unit.Write(table.CreateWrite(SagaWriteKind.Delete, saga, loaded.Version));
    }
}
