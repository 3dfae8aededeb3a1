using System.Globalization;
using ExchangeBus.SampleAgencies.SocialInsurance;

namespace ExchangeBus.Tests.SampleAgencies.SocialInsurance;

/// <summary>Law on Health Insurance, article 16.3d; Decree 146/2018/NĐ-CP, article 13.2.</summary>
internal sealed class When_a_child_health_card_is_issued
{
    [TestCase("2026-01-01", "2032-09-30")]
    [TestCase("2026-09-29", "2032-09-30")]
    [TestCase("2026-09-30", "2032-09-30")]
    [TestCase("2026-10-01", "2032-10-31")]
    [TestCase("2026-11-14", "2032-11-30")]
    [TestCase("2026-12-31", "2032-12-31")]
    [TestCase("2024-02-29", "2030-09-30", Description = "a leap day has no 72nd month of its own")]
    public void Should_be_valid_until_school_begins(string born, string until)
    {
        var validUntil = ChildHealthCard.ValidUntil(DateOnly.Parse(born, CultureInfo.InvariantCulture));

        Assert.That(validUntil, Is.EqualTo(DateOnly.Parse(until, CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Should_carry_the_object_the_province_and_ten_digits()
    {
        Assert.That(ChildHealthCard.Number("01", 26004217), Is.EqualTo("TE1010026004217"));
        Assert.That(ChildHealthCard.Number("96", 9_999_999_999), Is.EqualTo("TE1969999999999"));
    }
}
