using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.SampleAgencies.Citizens;

internal sealed class When_a_unit_list_is_loaded
{
    [Test]
    public void Should_find_units_and_the_province_above_them()
    {
        var units = AdministrativeUnits.Load(Path.Combine(SchemaFolder.Root, "code-lists", "admin-units-2021-2025.csv"));

        Assert.That(units.Provinces, Has.Count.EqualTo(63));
        Assert.That(units.Communes, Has.Count.EqualTo(10_035));
        Assert.That(units.ProvinceOf(units.Find("00001")!).Code, Is.EqualTo("01"), "through its district");
        Assert.That(units.Find("99999"), Is.Null);
    }

    [TestCase("", "must begin with")]
    [TestCase("ma,ten\n01,Hà Nội\n", "must begin with")]
    [TestCase("code,name,level,parent\n01,Hà Nội,province,\n00004,Ba Đình\n", "line 3")]
    public void Should_say_what_is_wrong_with_a_list(string text, string message)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, text);
        try
        {
            Assert.That(() => AdministrativeUnits.Load(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
