namespace ExchangeBus.Procedures.Clock;

/// <summary>
/// The time account of one step, as a dossier's state keeps it: what happened, never what follows from it. <see cref="LegalClock.Read"/> says what follows.
/// What comes out of order is taken at the last moment that is known, since a peer's clock must not bend the account; what comes after the end changes nothing.
/// </summary>
internal sealed record StepClock
{
    /// <summary>First day of the profile that the dossier began under.</summary>
    public required DateOnly Law { get; init; }

    /// <summary>When the step's agency received what it needs.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    public required TimeLimit Limit { get; init; }

    /// <summary>Who held the step since when; at least one, in order of time.</summary>
    public required IReadOnlyList<Holding> Holders { get; init; }

    public IReadOnlyList<Pause> Pauses { get; init; } = [];

    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>When the step ended with any result; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The clock stands still for what the citizen supplies. A second call while it stands still changes nothing.</summary>
    internal StepClock Paused(DateTimeOffset at) =>
        EndedAt is not null || IsPaused ? this : this with { Pauses = [.. Pauses, new Pause(NotBefore(at), Until: null, Agency: null)] };

    /// <summary>The clock goes on. A pause that ends at the instant it began is none.</summary>
    internal StepClock Resumed(DateTimeOffset at)
    {
        if (EndedAt is not null || !IsPaused)
            return this;
        var open = Pauses.First(p => p.Until is null);
        var others = Pauses.Where(p => p.Until is not null);
        return this with { Pauses = at <= open.From ? [.. others] : [.. others, open with { Until = at }] };
    }

    /// <summary>Another agency holds the step.</summary>
    internal StepClock HandedOver(string agency, DateTimeOffset at) =>
        EndedAt is not null || Holders[^1].Agency == agency ? this : this with { Holders = [.. Holders, new Holding(agency, NotBefore(at))] };

    /// <summary>The step gets more time. The due date moves on by it; hours that are late already stay late.</summary>
    /// <param name="by">Working days, at least 1, for a limit in working days; plain time for one in plain time.</param>
    /// <param name="reason">Why; the citizen is told.</param>
    /// <param name="at">When it was decided.</param>
    /// <exception cref="ArgumentException">No reason, no time, or the other kind of time.</exception>
    internal StepClock Extended(TimeLimit by, string reason, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (Limit.Elapsed is null ? by is not { WorkingDays: > 0, Elapsed: null } : by is not { WorkingDays: null, Elapsed.Ticks: > 0 })
            throw new ArgumentException("An extension is more than nothing, in working days for a limit in working days and else in plain time.", nameof(by));
        return EndedAt is not null ? this : this with { Extensions = [.. Extensions, new Extension(by, reason, at < ReceivedAt ? ReceivedAt : at)] };
    }

    /// <summary>Maintenance of an agency that was announced in time; it counts while that agency holds the step. Use <see cref="LegalClock.Announce"/>.</summary>
    internal StepClock WithMaintenance(Maintenance maintenance)
    {
        var pause = new Pause(maintenance.From, maintenance.Until, maintenance.Agency);
        return EndedAt is not null || maintenance.Until <= ReceivedAt || maintenance.Until <= maintenance.From || Pauses.Contains(pause)
            ? this
            : this with { Pauses = [.. Pauses, pause] };
    }

    /// <summary>The agency is back before it said: what remains of its maintenance is no pause.</summary>
    internal StepClock MaintenanceEnded(string agency, DateTimeOffset at) => EndedAt is not null ? this : this with
    {
        Pauses = [.. Pauses.Where(p => p.Agency != agency || p.From < at).Select(p => p.Agency == agency && p.Until > at ? p with { Until = at } : p)],
    };

    /// <summary>The step has a result.</summary>
    internal StepClock Ended(DateTimeOffset at)
    {
        var end = NotBefore(at);
        return EndedAt is not null ? this : Resumed(end) with { EndedAt = end };
    }

    private bool IsPaused => Pauses.Any(p => p.Until is null);

    private DateTimeOffset NotBefore(DateTimeOffset at)
    {
        var last = Holders[^1].Since;
        foreach (var pause in Pauses)
        {
            if (pause.Agency is null && (pause.Until ?? pause.From) > last)
                last = pause.Until ?? pause.From;
        }

        return at < last ? last : at;
    }
}

/// <summary>An agency that holds a step since a moment, until the next one does.</summary>
internal readonly record struct Holding(string Agency, DateTimeOffset Since);

/// <summary>Time that does not count.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment after it; null while the citizen's supplement is awaited.</param>
/// <param name="Agency">Whose maintenance it is, and then it counts while that agency holds the step; null for a supplement.</param>
internal readonly record struct Pause(DateTimeOffset From, DateTimeOffset? Until, string? Agency);

/// <summary>Time that was added, with the reason.</summary>
internal readonly record struct Extension(TimeLimit By, string Reason, DateTimeOffset At);
