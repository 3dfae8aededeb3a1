namespace ExchangeBus.Contracts.Corrections;

/// <summary>The bus tells an agency which events it received that carried a wrong version. It applies the correction, and answers with <see cref="CorrectionApplied"/>.</summary>
public sealed record WrongVersionReceived
{
    /// <summary>The event that corrects, annuls, revokes or replaces.</summary>
    public required LoggedReference Correction { get; init; }

    /// <summary>The events that carried the wrong version, the newest first; 1 to 500.</summary>
    public required IReadOnlyList<LoggedReference> Events { get; init; }

    /// <summary>How many the agency received, those that are not listed included.</summary>
    public required int Total { get; init; }

    /// <summary>Until when it is to be applied.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>The right version stands where the wrong one stood; said by the agency that received it, whether the bus has told it or not.</summary>
public sealed record CorrectionApplied
{
    /// <summary>The event that was applied.</summary>
    public required EventReference Correction { get; init; }

    /// <summary><c>applied</c>, or <c>notHeld</c> when nothing of it is kept.</summary>
    public required string Result { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset AppliedAt { get; init; }
}

/// <summary>An event by its source and id.</summary>
public sealed record EventReference
{
    /// <summary>CloudEvents source.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents id.</summary>
    public required string Id { get; init; }
}

/// <summary>An event of the log by its source and id, with its type and place.</summary>
public sealed record LoggedReference
{
    /// <summary>CloudEvents source.</summary>
    public required string Source { get; init; }

    /// <summary>CloudEvents id.</summary>
    public required string Id { get; init; }

    /// <summary>CloudEvents type.</summary>
    public required string Type { get; init; }

    /// <summary>Position in the bus's log, greater than zero.</summary>
    public required long Sequence { get; init; }
}
