namespace ExchangeBus.Procedures.Clock;

/// <summary>What a <see cref="StepClock"/> says at a moment; of a step that has ended, at its end.</summary>
internal readonly record struct ClockReading
{
    /// <summary>The due date if nothing pauses the clock from now on. As time goes by and things happen it moves later and never earlier.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The due date when announced maintenance ahead happens as announced: the moment to look at the step again.</summary>
    public required DateTimeOffset ExpectedDueAt { get; init; }

    /// <summary>When the profile's share (default 0.8) of the time, extensions included, is used up.</summary>
    public required DateTimeOffset WarnAt { get; init; }

    /// <summary>Working time that is left, or plain time where the limit is such; zero when it has run out.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>True after the due date: an answer at that very instant is in time.</summary>
    public required bool IsLate { get; init; }

    /// <summary>True when it is not known of every day up to the due date whether it is worked; see <see cref="WorkingCalendar"/>.</summary>
    public required bool IsEstimate { get; init; }

    /// <summary>Who held the step in the hours that were late; empty when none was, or none of them was working time.</summary>
    public required IReadOnlyList<Lateness> Lateness { get; init; }
}

/// <summary>Working time (plain time where the limit is such) that was late while an agency held the step.</summary>
internal readonly record struct Lateness(string Agency, TimeSpan Time);
