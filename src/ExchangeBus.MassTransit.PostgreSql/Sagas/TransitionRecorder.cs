namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Tells the observers and the metrics of each transition.</summary>
internal sealed class TransitionRecorder(IEnumerable<ITransitionObserver> observers, TimeProvider timeProvider)
{
    private readonly ITransitionObserver[] _observers = [.. observers];

    public long Now() => timeProvider.GetTimestamp();

    public void Record(UnitOfWork unit, ISagaTable table, Guid correlationId, string? from, string? to, long since, string messageType, bool isCompleted)
    {
        if (_observers.Length == 0 && !StorageTelemetry.WatchesTransitions)
            return;
        var transition = new SagaTransition
        {
            SagaType = table.SagaType,
            Table = table.Name,
            CorrelationId = correlationId,
            From = from,
            To = to,
            MessageType = messageType,
            MessageId = unit.MessageId,
            At = timeProvider.GetUtcNow(),
            Duration = timeProvider.GetElapsedTime(since),
            IsCompleted = isCompleted,
        };
        StorageTelemetry.Transition(transition);
        foreach (var command in _observers.SelectMany(x => x.CreateCommands(transition)))
            unit.Add(command);
    }
}
