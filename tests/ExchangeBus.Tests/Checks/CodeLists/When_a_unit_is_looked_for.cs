using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Checks.CodeLists;

internal sealed class When_a_unit_is_looked_for
{
    private static readonly AdministrativeUnits Units = CodeListFolder.Load(Path.Combine(SchemaFolder.Root, "code-lists")).Units;
    private static readonly DateOnly Before = new(2025, 6, 30), After = new(2025, 7, 1);

    [Test]
    public void Should_find_another_unit_under_the_same_code()
    {
        Assert.That(Units.On(Before).Find("15")!.Name, Is.EqualTo("Tỉnh Yên Bái"));
        Assert.That(Units.On(After).Find("15")!.Name, Is.EqualTo("Tỉnh Lào Cai"));
    }

    [Test]
    public void Should_lead_each_of_the_63_provinces_to_one_of_the_34()
    {
        var old = Units.On(Before).Units.Values.Where(u => u.Level == UnitLevel.Province).ToList();
        var successors = old.ConvertAll(u => Units.On(After).ProvinceSuccessors[u.Code]);

        Assert.That(old, Has.Count.EqualTo(63));
        Assert.That(successors.Distinct(), Has.Exactly(34).Items.And.All.Matches<string?>(code => Units.On(After).Find(code!) is { Level: UnitLevel.Province }));
    }

    [Test]
    public void Should_be_sure_of_provinces_and_say_of_a_commune_how_sure_it_is()
    {
        var confidences = Units.On(Before).Units.Where(u => Units.On(After).Find(u.Key) is null)
            .SelectMany(u => Units.Explain(u.Key, After).Select(meaning => (u.Value.Level, meaning.Successor!.Confidence)))
            .CountBy(pair => pair).ToDictionary();

        Assert.That(confidences.Keys.Where(k => k.Level == UnitLevel.Province), Has.All.Matches<(UnitLevel, Confidence C)>(k => k.C == Confidence.Certain));
        Assert.That(confidences.Keys, Does.Contain((UnitLevel.Commune, Confidence.Probable)).And.Contain((UnitLevel.Commune, Confidence.Province)));
        Assert.That(confidences.Keys, Does.Not.Contain((UnitLevel.Commune, Confidence.Certain)));
    }

    [Test]
    public void Should_say_of_a_code_of_the_new_list_since_when_it_holds()
    {
        var key = Units.On(After).Units.First(u => Units.On(Before).Find(u.Key) is null).Key;

        Assert.That(Units.Explain(key, Before), Is.EqualTo(new[] { new OtherMeaning(After, DateOnly.MaxValue, Units.On(After).FullName(Units.On(After).Find(key)!), null) }));
    }
}
