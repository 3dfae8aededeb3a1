using System.Globalization;
using System.Text;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_a_date_is_validated
{
    [Test]
    public void Should_take_the_days_of_the_calendar_from_1800_to_2199_and_nothing_else(
        [Values(1799, 1800, 1896, 1900, 1999, 2000, 2024, 2026, 2100, 2196, 2199, 2200)] int year)
    {
        for (var month = 0; month <= 13; month++)
        {
            for (var day = 0; day <= 32; day++)
            {
                var text = $"{year}-{month:00}-{day:00}";
                var exists = year is >= 1800 and <= 2199 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

                Assert.That(IsTaken("date", text), Is.EqualTo(exists), text);
                Assert.That(IsTaken("partialDate", text), Is.EqualTo(exists), text);
                Assert.That(IsTaken("dateTime", $"{text}T23:59:59+07:00"), Is.EqualTo(exists), text);
            }
        }
    }

    [TestCase("dateTime", "2026-11-23T08:30:00Z", true)]
    [TestCase("dateTime", "2026-11-23T08:30:00.1234567-03:30", true)]
    [TestCase("dateTime", "2026-11-23T24:00:00Z", false)]
    [TestCase("dateTime", "2026-11-23T08:30:60Z", false)]
    [TestCase("dateTime", "2026-11-23 08:30:00Z", false)]
    [TestCase("dateTime", "2026-11-23T08:30:00+14:01", false)]
    [TestCase("partialDate", "1990", true)]
    [TestCase("partialDate", "1990-02", true)]
    [TestCase("partialDate", "1990-13", false)]
    [TestCase("partialDate", "90", false)]
    [TestCase("date", "2026-11-23\\n", false)]
    [TestCase("date", "٢٠٢٦-11-23", false)]
    public void Should_take_only_the_written_form(string definition, string text, bool taken) => Assert.That(IsTaken(definition, text), Is.EqualTo(taken));

    private static bool IsTaken(string definition, string text) =>
        PublishedSchemas.Validate("definitions", Encoding.UTF8.GetBytes($"\"{text}\""), $"#/$defs/{definition}").Count == 0;
}
