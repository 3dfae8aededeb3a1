using MassTransit;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The instances of one saga type within one unit: loads each at most once, remembers versions, notes what is to be written.</summary>
internal sealed class SagaSession<TSaga>(
    SagaTable<TSaga> table, SagaLoader<TSaga> loader, KeyLocks<(Type, Guid)> locks, UnitOfWork unit, TransitionRecorder transitions, string messageType)
    where TSaga : class, ISaga
{
    private readonly Dictionary<Guid, LoadedSaga<TSaga>?> _loaded = [];
    private readonly Dictionary<Guid, (string? State, long Since)> _begun = [];

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

    /// <summary>User code is about to get the instance.</summary>
    public void Begin(TSaga saga, bool isNew) =>
        _begun[saga.CorrelationId] = (isNew ? null : table.StateOf(saga), transitions.Now());

    public void Save(TSaga saga) => Write(saga, isCompleted: false);

    public void Complete(TSaga saga) => Write(saga, isCompleted: true);

    private void Write(TSaga saga, bool isCompleted)
    {
        var loaded = _loaded.GetValueOrDefault(saga.CorrelationId);
        var isKept = !isCompleted || table.Options.KeepCompleted;
        if (loaded is not null)
            unit.Write(table.CreateWrite(isKept ? SagaWriteKind.Update : SagaWriteKind.Delete, saga, loaded.Version));
        else if (isKept)
            unit.Write(table.CreateWrite(SagaWriteKind.Insert, saga, 0));
        var (from, since) = _begun.GetValueOrDefault(saga.CorrelationId);
        transitions.Record(unit, table, saga, from, table.StateOf(saga), since, messageType, isCompleted);
    }
}
