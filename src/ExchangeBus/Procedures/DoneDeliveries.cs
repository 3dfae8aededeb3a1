namespace ExchangeBus.Procedures;

/// <summary>
/// How far the procedures have come, from deliveries that end in any order: deliveries form a chain, each naming the one before,
/// and the position moves only along the chain. What was lost on the way stops it, and dispatch fills it in again.
/// </summary>
internal sealed class DoneDeliveries(long acknowledged)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _done = [];
    private long _position = acknowledged;

    internal void Done(long previous, long sequence)
    {
        lock (_lock)
        {
            if (sequence <= _position)
                return;
            _done[previous] = sequence;
            Advance();
        }
    }

    /// <summary>All up to here is known to be done by somebody else's word.</summary>
    internal void Skip(long position)
    {
        lock (_lock)
        {
            if (position <= _position)
                return;
            _position = position;
            foreach (var covered in _done.Where(d => d.Value <= position).Select(d => d.Key).ToArray())
                _done.Remove(covered);
            Advance();
        }
    }

    private void Advance()
    {
        while (_done.Remove(_position, out var next))
            _position = next;
    }

    internal long Position
    {
        get
        {
            lock (_lock)
                return _position;
        }
    }
}
