using MassTransit;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Tells the observers and the metrics of each transition.</summary>
internal sealed class TransitionRecorder(IEnumerable<ITransitionObserver> observers, TimeProvider timeProvider)
{
    private readonly ITransitionObserver[] _observers = [.. observers];

    public long Now() => timeProvider.GetTimestamp();

    public void Record(UnitOfWork unit, ISagaTable table, ISaga instance, string? from, string? to, long since, string messageType, bool isCompleted)
    {
        if (_observers.Length == 0 && !StorageTelemetry.WatchesTransitions)
            return;
        var transition = new SagaTransition
        {
            SagaType = table.SagaType,
            Table = table.Name,
            CorrelationId = instance.CorrelationId,
            Instance = instance,
            From = from,
            To = to,
            MessageType = messageType,
            MessageId = unit.MessageId,
            At = timeProvider.GetUtcNow(),
            Duration = timeProvider.GetElapsedTime(since),
            IsCompleted = isCompleted,
        };
        StorageTelemetry.Transition(transition);
        if (_observers.Length > 0)
            unit.Add(transition);
    }

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<UnitOfWork> units)
    {
        if (_observers.Length == 0)
            return;
        var transitions = units.SelectMany(x => x.Transitions).ToList();
        if (transitions.Count == 0)
            return;
        foreach (var observer in _observers)
            observer.AddCommands(batch, transitions);
    }
}
