using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExchangeBus.Checks.Rules;

/// <summary>The numbers of the rules that hold from a day on; one file of <c>schemas/legal/checks</c>.</summary>
internal sealed record RuleNumbers
{
    public required DateOnly From { get; init; }

    /// <summary>Documents and articles that the numbers come from.</summary>
    public required string Source { get; init; }

    /// <summary>Age in months at which a child's health card (TE1) ends.</summary>
    public required int ChildCardMonths { get; init; }

    /// <summary>Month and day until which the card of a child born before it goes on in the year of that age: <c>MM-dd</c>.</summary>
    public required string SchoolYearEnds { get; init; }

    /// <summary>A parent younger than this, in years at the child's birth, gets a warning.</summary>
    public required int ParentYearsAtLeast { get; init; }

    /// <summary>A mother older than this, in years at the child's birth, gets a warning.</summary>
    public required int MotherYearsAtMost { get; init; }

    /// <summary>Days that a date may lie ahead of the bus's clock.</summary>
    public required int FutureGraceDays { get; init; }

    /// <summary>Reads a folder; the newest comes first.</summary>
    /// <exception cref="InvalidOperationException">The folder holds no file.</exception>
    internal static RuleNumbers[] Load(string folder)
    {
        RuleNumbers[] numbers = [.. Directory.EnumerateFiles(folder, "*.json")
            .Select(file => JsonSerializer.Deserialize(File.ReadAllBytes(file), RuleNumbersJson.Default.RuleNumbers)!)
            .OrderByDescending(n => n.From)];
        return numbers.Length > 0 ? numbers : throw new InvalidOperationException($"No numbers of the rules were found in {folder}.");
    }

    /// <summary>Last day of a child's card: 30 September for those born until then, else the end of the month (Decree 146/2018, article 13.2).</summary>
    internal DateOnly LastCardDay(DateOnly born)
    {
        var sixth = born.AddMonths(ChildCardMonths);
        var school = DateOnly.ParseExact($"{sixth.Year}-{SchoolYearEnds}", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return sixth <= school ? school : new DateOnly(sixth.Year, sixth.Month, DateTime.DaysInMonth(sixth.Year, sixth.Month));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RuleNumbers))]
internal sealed partial class RuleNumbersJson : JsonSerializerContext;
