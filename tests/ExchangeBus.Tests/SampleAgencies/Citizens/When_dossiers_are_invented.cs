using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.Tests.Schemas;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.SampleAgencies.Citizens;

internal sealed class When_dossiers_are_invented
{
    private static readonly string CodeLists = Path.Combine(SchemaFolder.Root, "code-lists");
    private static readonly AdministrativeUnits Today = AdministrativeUnits.Load(Path.Combine(CodeLists, "admin-units-2025-07.csv"));
    private static readonly AdministrativeUnits Before = AdministrativeUnits.Load(Path.Combine(CodeLists, "admin-units-2021-2025.csv"));

    // 18:30 UTC is half past one of the next day in Vietnam.
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 22, 18, 30, 0, TimeSpan.Zero));

    private static readonly List<LinkedBirthSubmitted> Dossiers = Invent(seed: 1, count: 5_000);

    [Test]
    public void Should_give_the_same_dossiers_for_the_same_seed() =>
        Assert.That(Invent(seed: 1, count: 200).Select(Bytes), Is.EqualTo(Dossiers.Take(200).Select(Bytes)));

    [Test]
    public void Should_give_other_people_for_another_seed() =>
        Assert.That(Invent(seed: 2, count: 50).Select(dossier => dossier.Mother.PersonalId?.Value), Is.Not.EqualTo(Dossiers.Take(50).Select(dossier => dossier.Mother.PersonalId?.Value)));

    [Test]
    public void Should_number_dossiers_by_the_day_in_Vietnam_and_a_counter()
    {
        Assert.That(Dossiers[0].DossierNumber, Is.EqualTo("G22.99.08-261123-000001"));
        Assert.That(Dossiers[41].DossierNumber, Is.EqualTo("G22.99.08-261123-000042"));
        Assert.That(InventedDossiers.FromCodeLists(CodeLists, 1, Clock, firstNumber: 900).Next().DossierNumber, Is.EqualTo("G22.99.08-261123-000900"));
    }

    [Test]
    public void Should_never_repeat_a_dossier_or_a_birth_notice()
    {
        Assert.That(Dossiers.Select(dossier => dossier.DossierNumber), Is.Unique);
        Assert.That(Dossiers.Select(dossier => dossier.BirthNoticeNumber.Value), Is.Unique.And.All.Match(@"^\d{5}\.GCS\.\d{5}\.26$"));
    }

    [Test]
    public void Should_live_in_communes_that_exist_today() =>
        Assert.That(Dossiers.Select(dossier => Today.Find(dossier.Commune)?.Level), Has.All.EqualTo("commune"));

    [Test]
    public void Should_number_adults_by_province_century_gender_and_year()
    {
        foreach (var dossier in Dossiers)
        {
            CheckPersonalId(dossier.Mother, female: true);
            if (dossier.Father?.Value is { } father)
                CheckPersonalId(father, female: false);
        }
    }

    [Test]
    public void Should_be_born_after_the_parents_and_at_most_59_days_ago()
    {
        var today = new DateOnly(2026, 11, 23);
        foreach (var dossier in Dossiers)
        {
            Assert.That(today.DayNumber - dossier.Child.BirthDate.DayNumber, Is.InRange(1, 59));
            Assert.That(dossier.Child.BirthDate.Year - int.Parse(dossier.Mother.BirthDate!.Value![..4], null), Is.InRange(19, 44));
        }
    }

    [Test]
    public void Should_show_every_kind_of_family_and_choice()
    {
        var share = (Func<LinkedBirthSubmitted, bool> kind) => Dossiers.Count(kind) / (double)Dossiers.Count;

        Assert.That(share(dossier => dossier.Father is null), Is.InRange(0.08, 0.16), "single mothers");
        Assert.That(share(dossier => dossier.Procedures.Count == 2), Is.InRange(0.75, 0.9), "both procedures");
        Assert.That(share(dossier => dossier.Procedures.Count == 1), Is.InRange(0.1, 0.2), "one procedure");
        Assert.That(share(dossier => dossier.Procedures.Count == 0), Is.InRange(0.02, 0.06), "none");
        Assert.That(share(dossier => dossier.HouseholdHead.PersonalId is null && dossier.HouseholdHead.OldIdCard is { Length: 9 }), Is.InRange(0.01, 0.1), "old identity cards");
        Assert.That(share(dossier => dossier.HouseholdHead.BirthDate!.Value!.Length == 4), Is.InRange(0.05, 0.2), "known by year only");
        Assert.That(share(dossier => dossier.Child.Gender == "female"), Is.InRange(0.4, 0.55));
    }

    [Test]
    public void Should_invent_thousands_a_second()
    {
        var start = TimeProvider.System.GetTimestamp();
        Invent(seed: 3, count: 5_000);

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(1.5)));
    }

    private static void CheckPersonalId(Adult adult, bool female)
    {
        var year = int.Parse(adult.BirthDate!.Value![..4], null);
        var personalId = adult.PersonalId!.Value!;
        Assert.That(personalId, Does.Match("^[0-9]{12}$"));
        Assert.That(personalId[0], Is.EqualTo('0'));
        Assert.That(Before.Find(personalId[1..3])?.Level, Is.EqualTo("province"));
        Assert.That(personalId[3..6], Is.EqualTo($"{(year < 2000 ? 0 : 2) + (female ? 1 : 0)}{year % 100:00}"));
    }

    private static List<LinkedBirthSubmitted> Invent(int seed, int count)
    {
        var dossiers = new InventedDossiers(Today, Before, seed, Clock);
        return [.. Enumerable.Range(0, count).Select(_ => dossiers.Next())];
    }

    private static byte[] Bytes(LinkedBirthSubmitted dossier) => EventData.Write(dossier);
}
