using System.Globalization;
using Bogus;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>Adults who never lived, with numbers of the right form (Decree 137/2015, article 13).</summary>
internal sealed class InventedPeople(Randomizer random, AdministrativeUnits before2025)
{
    private const float OwnProvince = 0.7f, YearOnly = 0.3f, OldIdCardOnly = 0.1f;

    private const int YoungestElder = 18, EldestElder = 40;

    internal Adult Parent(bool female, DateOnly childBorn, Place residence, string province)
    {
        var born = childBorn.AddYears(-random.Int(19, 42)).AddDays(-random.Int(0, 364));
        return new Adult
        {
            PersonalId = PersonalId(female, born, province),
            Name = InventedNames.Next(random, female),
            BirthDate = Text(born),
            Nationality = "VN",
            Residence = residence,
        };
    }

    /// <summary>A parent of <paramref name="child"/>: old records know some of them by year only, or by the old identity card only.</summary>
    internal Adult ElderOf(Adult child, string province)
    {
        var female = random.Bool();
        var born = DateOnly.ParseExact(child.BirthDate!.Value!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            .AddYears(-random.Int(YoungestElder, EldestElder)).AddDays(-random.Int(0, 364));
        var byOldCard = random.Bool(OldIdCardOnly);
        return new Adult
        {
            PersonalId = byOldCard ? null : PersonalId(female, born, province),
            OldIdCard = byOldCard ? Digits(9) : null,
            Name = InventedNames.Next(random, female, female ? null : child.Name.Family),
            BirthDate = random.Bool(YearOnly) ? born.Year.ToString("0000", CultureInfo.InvariantCulture) : Text(born),
            Nationality = "VN",
            Residence = child.Residence,
        };
    }

    /// <summary>
    /// Province of birth registration (0 and one of the 63 codes before July 2025: numbers outlive a merger),
    /// century and gender, year, six digits by chance.
    /// </summary>
    private string PersonalId(bool female, DateOnly born, string province)
    {
        var registeredIn = random.Bool(OwnProvince) && before2025.Find(province) is not null
            ? province
            : before2025.Provinces[random.Int(0, before2025.Provinces.Count - 1)].Code;
        var century = (2 * ((born.Year / 100) - 19)) + (female ? 1 : 0);
        return $"0{registeredIn}{century}{born.Year % 100:00}{Digits(6)}";
    }

    private string Digits(int count) => random.ReplaceNumbers(new string('#', count));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
