using System.Text.Json.Serialization;

namespace ExchangeBus.Procedures.Clock;

/// <summary>The legal numbers that hold from a day on; one file of <c>schemas/legal/</c>. A dossier ends under the profile it began with.</summary>
internal sealed record LegalProfile
{
    public required DateOnly From { get; init; }

    /// <summary>Documents and articles that the numbers come from.</summary>
    public required string Source { get; init; }

    public required ProcedureProfile LinkedBirth { get; init; }
}

/// <summary>Numbers of one group of linked procedures.</summary>
internal sealed record ProcedureProfile
{
    public required string ProcedureCode { get; init; }

    /// <summary>What comes after this hour counts as received on the next working day. Vietnam's time.</summary>
    public required TimeOnly CutOff { get; init; }

    /// <summary>The hour at which a working day begins. Vietnam's time.</summary>
    public required TimeOnly StartOfDay { get; init; }

    /// <summary>The hour at which a working day ends. Vietnam's time.</summary>
    public required TimeOnly EndOfDay { get; init; }

    /// <summary>The share of a step's working time after which it is warned of; above 0, below 1.</summary>
    public required double WarnAt { get; init; }

    /// <summary>Limit of each step by its name; a step that is not here does not exist in these rules.</summary>
    public required Dictionary<string, Limit> Steps { get; init; }
}

/// <summary>How long a step may take: whole working days (0: the same day), or plain elapsed time.</summary>
internal sealed record Limit
{
    public int? WorkingDays { get; init; }

    public TimeSpan? Elapsed { get; init; }

    /// <summary>Document and article; null when the law leaves it open.</summary>
    public string? Source { get; init; }

    /// <summary>Why the number is what it is, where the law leaves it open.</summary>
    public string? Open { get; init; }
}

/// <summary>Days that differ from Monday-to-Friday.</summary>
internal sealed record HolidayCalendar
{
    public required string Source { get; init; }

    public required HashSet<DateOnly> Holidays { get; init; }

    public required HashSet<DateOnly> WorkingSaturdays { get; init; }

    internal bool IsWorkingDay(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => WorkingSaturdays.Contains(day),
        DayOfWeek.Sunday => false,
        _ => !Holidays.Contains(day),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LegalProfile))]
[JsonSerializable(typeof(HolidayCalendar))]
internal sealed partial class LegalJson : JsonSerializerContext;
