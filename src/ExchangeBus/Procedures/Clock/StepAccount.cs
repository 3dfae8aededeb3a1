namespace ExchangeBus.Procedures.Clock;

/// <summary>
/// Reckons one step on the line of <see cref="TimeScale"/>. With no pauses the due position is <c>start + limit</c>. A pause that begins before the due
/// position moves it on by the part of the pause that is counted time after the start; one that begins at it or later moves nothing, for what has run out
/// cannot be given back. Pauses that overlap count once. So the counted time outside pauses, from start to due, is exactly the limit.
/// </summary>
internal readonly struct StepAccount
{
    private readonly TimeScale _scale;
    private readonly StepClock _step;
    private readonly List<(long From, long Until)>? _pauses;
    private readonly long _start;
    private readonly long _limit;
    private readonly long _now;

    /// <param name="scale">The line of the step's limit.</param>
    /// <param name="step">What happened.</param>
    /// <param name="now">The moment of the reading; pauses count until it, an open one as if it ended there.</param>
    /// <param name="announced">True: maintenance that lies ahead counts as well.</param>
    internal StepAccount(TimeScale scale, StepClock step, DateTimeOffset now, bool announced)
    {
        (_scale, _step) = (scale, step);
        (_start, var due) = scale.Span(step.ReceivedAt, step.Limit);
        _limit = due - _start;
        _now = Math.Max(_start, scale.Position(now));
        _pauses = step.Pauses.Count == 0 ? null : CountedPauses(announced);
    }

    internal DateTimeOffset DueAt => _scale.Moment(After(_limit + Added));

    /// <summary>The moment at which a part of the time, extensions included, is used up.</summary>
    internal DateTimeOffset MomentOf(double share) => _scale.Moment(After((long)Math.Round((_limit + Added) * share)));

    internal TimeSpan Remaining => new(Math.Max(0, _limit + Added - (_now - _start - PausedIn(_start, _now))));

    private long Added
    {
        get
        {
            var sum = 0L;
            for (var i = 0; i < _step.Extensions.Count; i++)
                sum += _scale.Added(_step.Extensions[i].By);
            return sum;
        }
    }

    /// <summary>Counted time after the due date and outside pauses, by the agency that held the step; in the order in which they came to hold it.</summary>
    internal IReadOnlyList<Lateness> Lateness()
    {
        var late = new List<Lateness>();
        var (limit, counted) = (_limit, _start);
        foreach (var extension in _step.Extensions)
        {
            var decided = Math.Min(_now, _scale.Position(extension.At));
            Attribute(late, Math.Max(counted, After(limit)), decided);
            (limit, counted) = (limit + _scale.Added(extension.By), Math.Max(counted, decided));
        }

        Attribute(late, Math.Max(counted, After(limit)), _now);
        return late;
    }

    private void Attribute(List<Lateness> late, long from, long until)
    {
        for (var i = 0; i < _step.Holders.Count && from < until; i++)
        {
            var (begin, end) = (Math.Max(from, HeldFrom(i)), Math.Min(until, HeldUntil(i)));
            var ticks = begin < end ? end - begin - PausedIn(begin, end) : 0;
            if (ticks == 0)
                continue;
            var agency = _step.Holders[i].Agency;
            var found = late.FindIndex(l => l.Agency == agency);
            if (found < 0)
                late.Add(new Lateness(agency, new TimeSpan(ticks)));
            else
                late[found] = new Lateness(agency, late[found].Time + new TimeSpan(ticks));
        }
    }

    /// <summary>The position at which so much time has been used.</summary>
    private long After(long used)
    {
        var position = _start + used;
        if (_pauses is null)
            return position;
        foreach (var (from, until) in _pauses)
        {
            if (from >= position)
                break;
            position += until - from;
        }

        return position;
    }

    private long PausedIn(long begin, long end)
    {
        var sum = 0L;
        foreach (var (from, until) in _pauses ?? [])
            sum += Math.Max(0, Math.Min(end, until) - Math.Max(begin, from));
        return sum;
    }

    // In order and without overlaps, from the start on.
    private List<(long From, long Until)> CountedPauses(bool announced)
    {
        var parts = new List<(long From, long Until)>(_step.Pauses.Count);
        foreach (var pause in _step.Pauses)
        {
            var from = Math.Max(_start, _scale.Position(pause.From));
            var until = pause.Until is not { } end ? _now : announced ? _scale.Position(end) : Math.Min(_now, _scale.Position(end));
            if (pause.Agency is null)
                parts.Add((from, until));
            for (var i = 0; pause.Agency is not null && i < _step.Holders.Count; i++)
            {
                if (_step.Holders[i].Agency == pause.Agency)
                    parts.Add((Math.Max(from, HeldFrom(i)), Math.Min(until, HeldUntil(i))));
            }
        }

        parts.RemoveAll(p => p.From >= p.Until);
        parts.Sort();
        for (var i = 1; i < parts.Count;)
        {
            if (parts[i].From > parts[i - 1].Until)
            {
                i++;
                continue;
            }

            parts[i - 1] = (parts[i - 1].From, Math.Max(parts[i - 1].Until, parts[i].Until));
            parts.RemoveAt(i);
        }

        return parts;
    }

    private long HeldFrom(int holder) => _scale.Position(_step.Holders[holder].Since);

    private long HeldUntil(int holder) => holder + 1 < _step.Holders.Count ? _scale.Position(_step.Holders[holder + 1].Since) : long.MaxValue;
}
