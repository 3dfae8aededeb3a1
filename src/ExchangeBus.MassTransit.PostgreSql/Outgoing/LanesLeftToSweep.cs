namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// The lanes (ordering key and destination) in which a message waits for a sweep. While it does, a later one must not overtake it from memory.
/// </summary>
internal sealed class LanesLeftToSweep
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, Uri Destination), HashSet<Guid>> _waiting = [];

    public bool Has((string, Uri) lane)
    {
        lock (_gate)
            return _waiting.ContainsKey(lane);
    }

    public void Leave(IEnumerable<OutgoingMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages.Where(x => x.OrderingKey is not null))
            {
                var lane = (message.OrderingKey!, message.DestinationAddress);
                if (!_waiting.TryGetValue(lane, out var ids))
                    _waiting.Add(lane, ids = []);
                ids.Add(message.Id);
            }
        }
    }

    /// <summary>Every message that waits.</summary>
    public Guid[] Ids()
    {
        lock (_gate)
            return [.. _waiting.Values.SelectMany(x => x)];
    }

    /// <summary>Opens the lanes of which all these were all that waited.</summary>
    public void Forget(IReadOnlyCollection<Guid> gone)
    {
        lock (_gate)
        {
            foreach (var (lane, ids) in _waiting)
            {
                ids.ExceptWith(gone);
                if (ids.Count == 0)
                    _waiting.Remove(lane);
            }
        }
    }
}
