using ExchangeBus.SampleAgencies.CivilStatus;

namespace ExchangeBus.Tests.SampleAgencies.CivilStatus;

/// <summary>Decree 137/2015/NĐ-CP, article 13.</summary>
internal sealed class When_a_personal_id_is_given
{
    [TestCase("male", 1999, "0", "99")]
    [TestCase("female", 1999, "1", "99")]
    [TestCase("male", 2026, "2", "26")]
    [TestCase("female", 2026, "3", "26")]
    [TestCase("female", 2100, "5", "00")]
    public void Should_begin_with_province_century_gender_and_year(string gender, int year, string century, string twoDigits)
    {
        Assert.That(PersonalId.Of("40", gender, new DateOnly(year, 5, 17), 1), Does.Match($"^040{century}{twoDigits}[0-9]{{6}}$"));
    }

    [Test]
    public void Should_not_come_twice_within_a_million_serials()
    {
        var given = new HashSet<string?>();
        for (var serial = 1; serial <= 1_000_000; serial++)
            given.Add(PersonalId.Of("01", "male", new DateOnly(2026, 1, 1), serial));

        Assert.That(given, Has.Count.EqualTo(1_000_000));
    }

    [Test]
    public void Should_wait_while_the_gender_is_not_known()
    {
        Assert.That(PersonalId.Of("01", "unknown", new DateOnly(2026, 1, 1), 1), Is.Null);
    }
}
