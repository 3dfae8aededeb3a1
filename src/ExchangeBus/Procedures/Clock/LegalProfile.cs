using System.Text.Json.Serialization;

namespace ExchangeBus.Procedures.Clock;

/// <summary>The legal numbers that hold from a day on; one file of <c>schemas/legal/</c>. A dossier ends under the profile it began with.</summary>
internal sealed record LegalProfile
{
    /// <summary>First day, in Vietnam, on which a submission falls under the profile.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Documents that the profile is made of; each number names its own.</summary>
    public required string Source { get; init; }

    public required WorkingHours Hours { get; init; }

    /// <summary>Part of a limit after which its holder is warned.</summary>
    public required Share WarningShare { get; init; }

    /// <summary>Working days that an agency has to announce a maintenance ahead, so that it stops the clock (Decree 47/2020, article 43).</summary>
    public required Limit MaintenanceNotice { get; init; }

    /// <summary>How long whoever received a wrong version has to apply the right one.</summary>
    public required Limit CorrectionApplied { get; init; }

    public required LinkedProfile LinkedBirth { get; init; }

    public required LinkedProfile LinkedDeath { get; init; }

    /// <summary>Every number with its name, for those who check or show them.</summary>
    internal IEnumerable<(string Name, Sourced Number)> Numbers() =>
    [
        ("hours/startOfDay", Hours.StartOfDay), ("hours/cutOff", Hours.CutOff), ("hours/endOfDay", Hours.EndOfDay),
        ("warningShare", WarningShare), ("maintenanceNotice", MaintenanceNotice), ("correctionApplied", CorrectionApplied),
        .. LinkedBirth.Numbers("linkedBirth"), .. LinkedDeath.Numbers("linkedDeath"),
    ];
}

/// <summary>The working day. Working time is counted from its start to its end, without a break at noon.</summary>
internal sealed record WorkingHours
{
    public required Hour StartOfDay { get; init; }

    /// <summary>What comes at this hour or later counts as received on the next working day (Law on Civil Status 60/2014, article 5.3).</summary>
    public required Hour CutOff { get; init; }

    public required Hour EndOfDay { get; init; }

    internal long LengthTicks => (EndOfDay.At - StartOfDay.At).Ticks;
}

// Generated readers do not run initializers of init-only members: what may be absent has its default in the getter.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LegalProfile))]
[JsonSerializable(typeof(HolidayFile))]
internal sealed partial class LegalJson : JsonSerializerContext;
