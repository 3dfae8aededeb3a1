using Bogus;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>
/// Linked-birth dossiers of people who never lived. The same seed, clock and code lists give the same dossiers in the same order;
/// no two dossiers of one instance share their number or their birth notice. Not safe for use by several threads at once.
/// </summary>
/// <param name="units">Units valid on the clock's day: the communes where the families live.</param>
/// <param name="before2025">Units until June 2025: the provinces that personal numbers begin with.</param>
/// <param name="seed">Any number.</param>
/// <param name="time">Gives the day of submission, in Vietnamese time.</param>
/// <param name="firstNumber">Running number of the first dossier, 1 to 156,000,000. Default 1.</param>
public sealed class InventedDossiers(AdministrativeUnits units, AdministrativeUnits before2025, int seed, TimeProvider time, int firstNumber = 1)
{
    private const float Boy = 0.53f, SingleMother = 0.12f, Kinh = 0.85f, HeadIsParent = 0.6f, ChildGetsIdentityCard = 0.5f;

    // Registration is due within 60 days of birth (Law on Civil Status 60/2014).
    private const int MostDaysAfterBirth = 59;
    // Decree 301/2026/NĐ-CP: from this day the identity card of the child may be chosen too.
    private static readonly DateOnly IdentityCardSince = new(2026, 9, 1);

    private const int NoticesPerFacility = 100_000, Facilities = 64;

    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);
    private static readonly string[] Minorities = ["02", "03", "05", "06", "07", "08", "10", "12", "17"];
    private static readonly string[][] Choices =
        [[LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard], [LinkedProcedures.PermanentResidence], [LinkedProcedures.HealthCard], []];
    private static readonly float[] ChoiceWeights = [0.82f, 0.07f, 0.07f, 0.04f];

    private readonly Randomizer _random = new(seed);
    private readonly InventedPeople _people = new(new Randomizer(unchecked(seed * 31) + 7), before2025);
    private int _number = firstNumber;

    /// <summary>Loads both unit lists from a copy of <c>schemas/code-lists</c>.</summary>
    /// <exception cref="InvalidDataException">A list is not of the known form.</exception>
    public static InventedDossiers FromCodeLists(string folder, int seed, TimeProvider time, int firstNumber = 1) => new(
        AdministrativeUnits.Load(Path.Combine(folder, "admin-units-2025-07.csv")),
        AdministrativeUnits.Load(Path.Combine(folder, "admin-units-2021-2025.csv")), seed, time, firstNumber);

    /// <summary>The next dossier, as handed in now.</summary>
    public LinkedBirthSubmitted Next()
    {
        var number = _number++;
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(VietnamOffset).DateTime);
        var born = today.AddDays(-_random.Int(1, MostDaysAfterBirth));
        var commune = units.Communes[_random.Int(0, units.Communes.Count - 1)];
        var province = units.ProvinceOf(commune).Code;
        var home = new Place
        {
            Unit = commune.Code,
            Detail = _random.Bool() ? $"Thôn {_random.Int(1, 15)}" : $"Số {_random.Int(1, 300)}, tổ {_random.Int(1, 40)}",
            Country = "VN",
        };

        var mother = _people.Parent(female: true, born, home, province);
        var father = _random.Bool(SingleMother) ? null : _people.Parent(female: false, born, home, province);
        var applicant = father is null || _random.Bool() ? mother : father;
        return new LinkedBirthSubmitted
        {
            DossierNumber = $"G22.99.08-{today:yyMMdd}-{number:000000}",
            Commune = commune.Code,
            Procedures = _random.WeightedRandom(Choices, ChoiceWeights),
            BirthNoticeNumber = BirthNotice(number, born),
            Child = Child(born, commune, (father ?? mother).Name.Family!),
            Mother = mother,
            Father = father,
            Applicant = applicant,
            HouseholdHead = _random.Bool(HeadIsParent) ? father ?? mother : _people.ElderOf(father ?? mother, province),
            IdentityCard = today >= IdentityCardSince && _random.Bool(ChildGetsIdentityCard) ? true : null,
        };
    }

    private Child Child(DateOnly born, AdministrativeUnit commune, string family)
    {
        var female = !_random.Bool(Boy);
        return new Child
        {
            Name = InventedNames.Next(_random, female, family),
            Gender = female ? "female" : "male",
            BirthDate = born,
            BirthPlace = new Place { Unit = commune.Code, Detail = $"Trạm y tế {commune.Name}", Country = "VN" },
            Ethnicity = _random.Bool(Kinh) ? "01" : _random.ArrayElement(Minorities),
            Nationality = "VN",
        };
    }

    /// <summary>Each hundred thousand dossiers have facilities of their own, so that no notice number comes twice.</summary>
    private string BirthNotice(int number, DateOnly born) =>
        $"{number % NoticesPerFacility:00000}.GCS.{(number / NoticesPerFacility * Facilities) + _random.Int(0, Facilities - 1):00000}.{born:yy}";
}
