namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Counts on how many endpoints each saga is configured, and on how many of them behind the outbox.</summary>
internal sealed class OutboxCoverage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Type, (int Endpoints, int Outboxes)> _counts = [];

    public void SagaConfigured(Type saga) => Count(saga, 1, 0);

    public void OutboxAdded(Type saga) => Count(saga, 0, 1);

    public IReadOnlyList<Type> FindUncovered()
    {
        lock (_gate)
            return [.. _counts.Where(x => x.Value.Endpoints > x.Value.Outboxes).Select(x => x.Key)];
    }

    private void Count(Type saga, int endpoints, int outboxes)
    {
        lock (_gate)
        {
            var counts = _counts.GetValueOrDefault(saga);
            _counts[saga] = (counts.Endpoints + endpoints, counts.Outboxes + outboxes);
        }
    }
}
