namespace ExchangeBus.Procedures.Clock;

/// <summary>The file <c>schemas/legal/holidays.json</c>: days that differ from Monday to Friday.</summary>
internal sealed record HolidayFile
{
    public required string Note { get; init; }

    /// <summary>First day that is known.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day that is known. Later days of the file are computed from the rule, and those after the file are Monday to Friday.</summary>
    public required DateOnly KnownUntil { get; init; }

    public required IReadOnlyList<HolidayYear> Years { get; init; }
}

/// <summary>The days of one year.</summary>
internal sealed record HolidayYear
{
    public required int Year { get; init; }

    /// <summary>The notice that set the days, and whether they were written down from memory.</summary>
    public required string Source { get; init; }

    /// <summary>Days off from Monday to Friday, substitute days included.</summary>
    public required IReadOnlyList<DateOnly> Holidays { get; init; }

    public IReadOnlyList<DaySwap> Swaps { get => field ?? []; init; }

    public IReadOnlyList<UndecidedDay> Undecided { get => field ?? []; init; }
}

/// <summary>A working day that is off, and the Saturday on which its work is done instead.</summary>
internal sealed record DaySwap
{
    public required DateOnly Off { get; init; }

    public required DateOnly Worked { get; init; }
}

/// <summary>A day of which it is not certain whether it is worked; it counts as worked, and what crosses it is an estimate.</summary>
internal sealed record UndecidedDay
{
    public required DateOnly Day { get; init; }

    public required string Note { get; init; }
}
