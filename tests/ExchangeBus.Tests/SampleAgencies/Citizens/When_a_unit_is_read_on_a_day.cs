using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.SampleAgencies.Citizens;

internal sealed class When_a_unit_is_read_on_a_day
{
    private static readonly UnitLists Units = UnitLists.FromCodeLists(Path.Combine(SchemaFolder.Root, "code-lists"));

    [TestCase("02647", 2025, 6, 30, "10", Description = "Lào Cai before the merger")]
    [TestCase("02647", 2025, 7, 1, "15", Description = "Lào Cai since; 15 was Yên Bái before")]
    [TestCase("001", 2025, 6, 30, "01", Description = "a district")]
    [TestCase("001", 2025, 7, 1, null, Description = "there are no districts any more")]
    [TestCase("99999", 2026, 1, 1, null)]
    public void Should_lie_in_the_province_of_that_day(string unit, int year, int month, int day, string? province)
    {
        Assert.That(Units.ProvinceOf(unit, new DateOnly(year, month, day)), Is.EqualTo(province));
    }
}
