namespace ExchangeBus.Procedures.Clock;

/// <summary>A number of the law. It names where it comes from, or says that the law leaves it open and why this value was taken.</summary>
internal abstract record Sourced
{
    /// <summary>Document and article.</summary>
    public string? Source { get; init; }

    /// <summary>True where no text was read that sets the number: an operator may set another one. Default false.</summary>
    public bool Open { get; init; }

    /// <summary>What an open number rests on.</summary>
    public string? Note { get; init; }

    /// <summary>Either sourced, or open with a note; never both, or the number would look more certain than it is.</summary>
    internal bool IsAccountedFor => Open ? Source is null && !string.IsNullOrWhiteSpace(Note) : !string.IsNullOrWhiteSpace(Source);
}

/// <summary>An hour of the day, Vietnam's time.</summary>
internal sealed record Hour : Sourced
{
    public required TimeOnly At { get; init; }
}

/// <summary>A part of a limit, more than 0 and less than 1.</summary>
internal sealed record Share : Sourced
{
    public required double Value { get; init; }
}

/// <summary>How long something may take: exactly one of the two is given.</summary>
internal sealed record Limit : Sourced
{
    /// <summary>Whole working days after the day of receipt; 0 is the same day.</summary>
    public int? WorkingDays { get; init; }

    /// <summary>Plain time, nights and holidays included; more than 0.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>The limit without its reasons, as a dossier keeps it.</summary>
    internal TimeLimit Time => new(WorkingDays, Elapsed);
}

/// <summary>The form of a paper in the procedure.</summary>
internal sealed record Form : Sourced
{
    /// <summary>What the paper is for, for example <c>householdConsent</c>.</summary>
    public required string Use { get; init; }

    public required string Code { get; init; }
}

/// <summary>A limit as the state of a dossier holds it: working days (0: the same day), or plain time.</summary>
internal readonly record struct TimeLimit(int? WorkingDays, TimeSpan? Elapsed)
{
    internal static TimeLimit Days(int workingDays) => new(workingDays, null);

    internal static TimeLimit Plain(TimeSpan elapsed) => new(null, elapsed);
}
