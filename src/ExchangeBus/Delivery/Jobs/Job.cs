namespace ExchangeBus.Delivery.Jobs;

/// <summary>What a job hands out.</summary>
internal enum JobKind
{
    /// <summary>Dead letters: events that have had no effect yet.</summary>
    Redrive,

    /// <summary>A part of the log once more.</summary>
    Replay,
}

/// <summary>Where a job stands.</summary>
internal enum JobState
{
    /// <summary>A node runs it, or will within a moment.</summary>
    Running,

    /// <summary>Stopped for a while by a person.</summary>
    Paused,

    /// <summary>Ended by a person; what it has not come to is left.</summary>
    Stopped,

    /// <summary>It has come to its end.</summary>
    Completed,

    /// <summary>A replay that its subscriber reads itself, ended by the bus because nobody has read it for too long.</summary>
    Expired,
}

/// <summary>What a job is to do; never changes.</summary>
/// <param name="Id">Its id, and <c>replayid</c> of a replay's deliveries.</param>
/// <param name="Subscription">To whom.</param>
/// <param name="Kind">What.</param>
/// <param name="IsListed">Dead letters that were named one by one.</param>
/// <param name="Reasons">Else only those of these reasons; null for any.</param>
/// <param name="DeadBefore">Else only those that died before.</param>
/// <param name="NotBefore">What was accepted earlier is too old.</param>
/// <param name="FromSequence">The first position of the log that it may hand out.</param>
/// <param name="ToSequence">The last.</param>
/// <param name="Rate">Deliveries a second.</param>
internal sealed record JobOrder(
    Guid Id, string Subscription, JobKind Kind, bool IsListed, string[]? Reasons, DateTimeOffset? DeadBefore, DateTimeOffset? NotBefore, long FromSequence, long ToSequence, int Rate);

/// <summary>A job as people see it.</summary>
internal sealed record JobView
{
    public required Guid Id { get; init; }

    public required string Subscription { get; init; }

    public required JobKind Kind { get; init; }

    public required JobState State { get; init; }

    /// <summary>Why a running job hands out nothing just now; null when nothing is in its way.</summary>
    public string? WaitsFor { get; init; }

    public required int Rate { get; init; }

    /// <summary>All that it looks at; of one that is completed, what was delivered and what was skipped.</summary>
    public required long Total { get; init; }

    public required long Delivered { get; init; }

    /// <summary>How many were skipped, by the rule that was against them.</summary>
    public required IReadOnlyDictionary<string, long> Skipped { get; init; }

    public required long FromSequence { get; init; }

    public required long ToSequence { get; init; }

    /// <summary>What comes after it has not been looked at.</summary>
    public required long Position { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who did what, and why; the first is its start.</summary>
    public required IReadOnlyList<JobStep> Steps { get; init; }
}

/// <summary>What a person did to a job, or at its end the bus.</summary>
/// <param name="Action"><c>start</c>, <c>pause</c>, <c>resume</c>, <c>stop</c>, or of the bus <c>expire</c>.</param>
/// <param name="At">When.</param>
/// <param name="By">System and officer.</param>
/// <param name="Reason">Why.</param>
internal sealed record JobStep(string Action, DateTimeOffset At, string By, string Reason);
