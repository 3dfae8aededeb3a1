using System.Text.Json;

namespace ExchangeBus.Procedures.Clock;

/// <summary>Reads <c>schemas/legal</c> and refuses what would make wrong due dates.</summary>
internal static class LegalFolder
{
    private const string CalendarFile = "holidays.json";

    internal static WorkingCalendar LoadCalendar(string folder) => new(Read(Path.Combine(folder, CalendarFile), LegalJson.Default.HolidayFile));

    /// <summary>The profiles, the oldest first.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="InvalidDataException">A number cannot be, or is not accounted for.</exception>
    internal static LegalProfile[] LoadProfiles(string folder)
    {
        var profiles = new List<LegalProfile>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Where(f => Path.GetFileName(f) != CalendarFile))
        {
            var profile = Read(file, LegalJson.Default.LegalProfile);
            if (FaultOf(profile) is { } fault)
                throw new InvalidDataException($"{file}: {fault}.");
            profiles.Add(profile);
        }

        if (profiles.Count == 0)
            throw new InvalidOperationException($"No legal profile was found in {folder}.");
        if (profiles.DistinctBy(p => p.From).Count() < profiles.Count)
            throw new InvalidDataException($"Two legal profiles in {folder} hold from the same day.");
        return [.. profiles.OrderBy(p => p.From)];
    }

    /// <summary>What is wrong with a profile; null when nothing is.</summary>
    internal static string? FaultOf(LegalProfile profile)
    {
        foreach (var (name, number) in profile.Numbers())
        {
            if (!number.IsAccountedFor)
                return $"{name} has neither a source nor is it marked open with a note, or both";
            if (number is Limit limit && !IsPossible(limit))
                return $"{name} is either workingDays of 0 to 250 or elapsed time of more than 0";
        }

        var hours = profile.Hours;
        return hours.StartOfDay.At >= hours.CutOff.At || hours.CutOff.At > hours.EndOfDay.At ? "the cut-off lies after the start of the day and not after its end"
            : profile.WarningShare.Value is not (> 0 and < 1) ? "warningShare lies between 0 and 1"
            : profile.MaintenanceNotice.WorkingDays is null ? "maintenanceNotice is in working days"
            : FaultOf(profile.LinkedBirth) ?? FaultOf(profile.LinkedDeath);
    }

    private static string? FaultOf(LinkedProfile linked) =>
        linked.Procedures.Count == 0 ? "a part has no procedure"
        : linked.Procedures.Any(p => p.Branches.Except(linked.Procedures[^1].Branches).Any()) ? "the last procedure has every branch"
        : linked.Procedures.Zip(linked.Procedures.Skip(1)).Any(p => p.First.Branches.Count >= p.Second.Branches.Count) ? "the procedures are in order of their branches"
        : linked.Procedures[^1].Branches.Concat(linked.AlwaysBranches).FirstOrDefault(b => !linked.Limits.ContainsKey(b)) is { } branch ? $"the branch {branch} has no limit"
        : linked.Procedures[^1].Branches.Concat(linked.AlwaysBranches).Select(StepNames.UndoingOf).FirstOrDefault(u => u is not null && !linked.Limits.ContainsKey(u)) is { } undoing
            ? $"what undoes a branch, {undoing}, has no limit"
        : linked.FuneralPayers is { } payers && payers.Order.Except([FuneralPayers.SocialInsurance, FuneralPayers.SocialProtection]).FirstOrDefault() is { } payer
            ? $"the payer {payer} is not known"
        : null;

    private static bool IsPossible(Limit limit) => limit.Elapsed is { } elapsed
        ? limit.WorkingDays is null && elapsed > TimeSpan.Zero
        : limit.WorkingDays is >= 0 and <= 250;

    private static T Read<T>(string file, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(File.ReadAllBytes(file), type)!;
}
