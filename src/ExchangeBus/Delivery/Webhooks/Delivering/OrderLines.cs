namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>What becomes of a delivery that enters its line.</summary>
internal enum LinePlace
{
    /// <summary>It may go.</summary>
    First,

    /// <summary>One before it is under way; it follows.</summary>
    Following,

    /// <summary>One before it waits in the database; it goes there too.</summary>
    Waiting,
}

/// <summary>
/// One line for each order key: its deliveries go one after the other, and behind one that waits all of them wait. Lines know nothing of each other, so that a
/// delivery that fails holds up its own key only.
/// </summary>
internal sealed class OrderLines
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private int _waiting;

    /// <summary>Deliveries that wait in the database, or will when the position has gone over them.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>What waited when this node came.</summary>
    internal void Load(IEnumerable<(string Key, int Count)> waiting)
    {
        lock (_lock)
        {
            foreach (var (key, count) in waiting)
            {
                _lines[key] = new Line { Waiting = count };
                _waiting += count;
            }
        }
    }

    internal LinePlace Enter(Flight flight)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(flight.Key, out var line))
            {
                _lines.Add(flight.Key, new Line { IsBusy = true });
                return LinePlace.First;
            }

            if (line.Waiting > 0)
            {
                line.Waiting++;
                _waiting++;
                return LinePlace.Waiting;
            }

            (line.Following ??= new Queue<Flight>()).Enqueue(flight);
            return LinePlace.Following;
        }
    }

    /// <summary>The first of a line is done; returns the next that may go.</summary>
    internal Flight? Done(Flight flight)
    {
        lock (_lock)
        {
            if (_lines[flight.Key].Following?.TryDequeue(out var next) == true)
                return next;
            _lines.Remove(flight.Key);
            return null;
        }
    }

    /// <summary>The first of a line waits from now on; returns those that wait with it.</summary>
    internal IReadOnlyList<Flight> Waits(Flight flight)
    {
        lock (_lock)
        {
            var line = _lines[flight.Key];
            Flight[] following = line.Following is null ? [] : [.. line.Following];
            (line.IsBusy, line.Following, line.Waiting) = (false, null, 1 + following.Length);
            _waiting += line.Waiting;
            return following;
        }
    }

    /// <summary>One that waited is done. With the last of them the line is free.</summary>
    internal void Resolved(string key)
    {
        lock (_lock)
        {
            _waiting--;
            if (--_lines[key].Waiting == 0)
                _lines.Remove(key);
        }
    }

    private sealed class Line
    {
        internal bool IsBusy { get; set; }

        internal Queue<Flight>? Following { get; set; }

        internal int Waiting { get; set; }
    }
}
