namespace ExchangeBus.Delivery.Webhooks.Pacing;

/// <summary>Whether an endpoint is called.</summary>
internal enum CircuitState
{
    /// <summary>It is called.</summary>
    Closed,

    /// <summary>It is left alone.</summary>
    Open,

    /// <summary>One attempt finds out whether it answers again.</summary>
    HalfOpen,
}

/// <summary>For an operator's page.</summary>
/// <param name="State">Whether it is called.</param>
/// <param name="Since">Since when.</param>
/// <param name="OpenUntil">When it is called again, or null when it is not open.</param>
/// <param name="Failures">Failures in a row.</param>
internal readonly record struct CircuitStatus(CircuitState State, DateTimeOffset Since, DateTimeOffset? OpenUntil, int Failures);

/// <summary>What <see cref="CircuitBreaker.Enter"/> answers.</summary>
/// <param name="NotBefore">Null when an attempt may be made; otherwise when to ask again.</param>
/// <param name="Turn">Tells attempts apart that began before the state changed.</param>
internal readonly record struct CircuitPermit(DateTimeOffset? NotBefore, int Turn);

/// <summary>
/// Leaves an endpoint alone that fails again and again, so that it can recover and the bus does not spend its connections on it. Each permit must be
/// answered by <see cref="Succeeded"/>, <see cref="Failed"/> or <see cref="Abandoned"/>. Safe for many threads; each process has its own.
/// </summary>
internal sealed class CircuitBreaker(int failuresToOpen, TimeSpan firstBreak, TimeSpan longestBreak, TimeProvider time)
{
    private const int MostDoublings = 20;
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private CircuitState _state;
    private DateTimeOffset _since = time.GetUtcNow();
    private DateTimeOffset _until;
    private int _failures;
    private int _breaks;
    private int _turn;
    private bool _probing;

    internal CircuitStatus Status
    {
        get
        {
            lock (_lock)
                return new CircuitStatus(_state, _since, _state == CircuitState.Open ? _until : null, _failures);
        }
    }

    internal CircuitPermit Enter()
    {
        lock (_lock)
        {
            if (_state == CircuitState.Closed)
                return new CircuitPermit(null, _turn);
            var now = time.GetUtcNow();
            if (_state == CircuitState.Open)
            {
                if (now < _until)
                    return new CircuitPermit(_until, _turn);
                Become(CircuitState.HalfOpen, now);
            }

            if (_probing)
                return new CircuitPermit(now + ProbePatience, _turn);
            _probing = true;
            return new CircuitPermit(null, _turn);
        }
    }

    /// <returns>True when this closed it.</returns>
    internal bool Succeeded(CircuitPermit permit)
    {
        lock (_lock)
        {
            // What began before it opened says nothing about now.
            if (permit.Turn != _turn)
                return false;
            (_failures, _breaks) = (0, 0);
            if (_state != CircuitState.HalfOpen)
                return false;
            Become(CircuitState.Closed, time.GetUtcNow());
            return true;
        }
    }

    /// <param name="permit">Of the attempt.</param>
    /// <param name="notBefore">Before when the receiver wants nothing: it is left alone at least so long.</param>
    /// <returns>True when this opened it.</returns>
    internal bool Failed(CircuitPermit permit, DateTimeOffset? notBefore)
    {
        lock (_lock)
        {
            if (permit.Turn != _turn)
            {
                if (_state == CircuitState.Open && notBefore > _until)
                    _until = notBefore.Value;
                return false;
            }

            _failures++;
            var now = time.GetUtcNow();
            if (_state == CircuitState.HalfOpen || _failures >= failuresToOpen)
                _until = Later(BreakFrom(now), notBefore);
            else if (notBefore > now)
                _until = notBefore.Value;
            else
                return false;
            Become(CircuitState.Open, now);
            return true;
        }
    }

    /// <summary>The attempt came to no end that says anything about the endpoint.</summary>
    internal void Abandoned(CircuitPermit permit)
    {
        lock (_lock)
        {
            if (permit.Turn == _turn)
                _probing = false;
        }
    }

    private DateTimeOffset BreakFrom(DateTimeOffset now) =>
        now + TimeSpan.FromTicks(Math.Min(firstBreak.Ticks << Math.Min(_breaks++, MostDoublings), longestBreak.Ticks));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private void Become(CircuitState state, DateTimeOffset now)
    {
        (_state, _since, _probing) = (state, now, false);
        _turn++;
    }
}
