using ExchangeBus.Checks;
using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks.Rules;

internal sealed class When_codes_are_read_with_the_event_s_date
{
    [TestCase("2025-06-30", "00001", true)]
    [TestCase("2025-07-01", "00001", false)]
    [TestCase("2025-06-30", "001", true, TestName = "Should_know_a_unit_on_its_days(a district)")]
    [TestCase("2025-07-01", "001", false, TestName = "Should_know_a_unit_on_its_days(districts are gone)")]
    [TestCase("2025-06-30", "10", true)]
    [TestCase("2025-07-01", "10", false)]
    [TestCase("2025-06-30", "15", true)]
    [TestCase("2025-07-01", "15", true)]
    [TestCase("2025-06-30", "00004", true)]
    [TestCase("2025-07-01", "00004", true)]
    [TestCase("2026-11-25", "99999", false)]
    public void Should_know_a_unit_on_its_days(string day, string unit, bool known)
    {
        var outcome = Check($$"""{"address":{"unit":"{{unit}}"},"happenedOn":"{{day}}"}""");

        Assert.That(outcome.Verdict, Is.EqualTo(known ? Verdict.Valid : Verdict.Held));
        Assert.That(Said(outcome), Is.EqualTo(known ? [] : new[] { "/address/unit unit.unmapped Hold" }));
    }

    [TestCase("2026-11-25", "10", "Until 2025-06-30: Tỉnh Lào Cai. Now Tỉnh Lào Cai (15).")]
    [TestCase("2026-11-25", "30", "Until 2025-06-30: Tỉnh Hải Dương. Now Thành phố Hải Phòng (31).")]
    [TestCase("2026-11-25", "001", "Until 2025-06-30: Quận Ba Đình, Thành phố Hà Nội. Now in Thành phố Hà Nội (01); which commune is not known.")]
    [TestCase("2026-11-25", "99999", "No list has this code.")]
    public void Should_say_what_an_unknown_code_meant(string day, string unit, string said) =>
        Assert.That(Check($$"""{"address":{"unit":"{{unit}}"},"happenedOn":"{{day}}"}""").Violations[0].MessageEn, Does.EndWith(said));

    [Test]
    public void Should_take_the_date_of_the_envelope_when_the_body_names_none_and_else_the_clock()
    {
        var before = new DateTimeOffset(2025, 6, 30, 23, 59, 59, TimeSpan.FromHours(7));

        Assert.That(Check("""{"commune":"00001"}""", before).Verdict, Is.EqualTo(Verdict.Valid));
        Assert.That(Check("""{"commune":"00001"}""", before.AddSeconds(1)).Verdict, Is.EqualTo(Verdict.Held));
        Assert.That(Check("""{"commune":"00001"}""").Verdict, Is.EqualTo(Verdict.Held));
        Assert.That(Check("""{"commune":"00001","happenedOn":"2025-06-30"}""", Now).Verdict, Is.EqualTo(Verdict.Valid));
    }

    [Test]
    public void Should_look_at_every_unit_of_an_array() =>
        Assert.That(Said(Check("""{"units":["01","99","00004","99998"]}""")), Is.EqualTo(new[] { "/units/1 unit.unmapped Hold", "/units/3 unit.unmapped Hold" }));

    [Test]
    public void Should_not_look_for_a_foreign_address_in_the_national_list()
    {
        Assert.That(Check("""{"address":{"unit":"99","country":"FR"}}""").Verdict, Is.EqualTo(Verdict.Valid));
        Assert.That(Check("""{"address":{"country":"VN","unit":"99"}}""").Verdict, Is.EqualTo(Verdict.Held));
    }

    [TestCase("""{"group":"01"}""", "")]
    [TestCase("""{"group":"55"}""", "")]
    [TestCase("""{"group":"56"}""", "/group code.unknown Error")]
    [TestCase("""{"group":"0123456789"}""", "/group code.unknown Error")]
    [TestCase("""{"group":""}""", "/group code.unknown Error")]
    [TestCase("""{"nationality":"VN"}""", "")]
    [TestCase("""{"nationality":"\u0056N"}""", "")]
    [TestCase("""{"nationality":"UK"}""", "/nationality code.unknown Error")]
    [TestCase("""{"address":{"unit":"01","country":"XX"}}""", "/address/country code.unknown Error")]
    public void Should_refuse_a_code_that_is_in_no_list(string body, string expected) => Assert.That(string.Join(' ', Said(Check(body))), Is.EqualTo(expected));

    [Test]
    public void Should_refuse_rather_than_hold_when_there_is_a_reason_for_each()
    {
        var outcome = Check("""{"commune":"99999","group":"56","personalId":"003321000123"}""");

        Assert.That(outcome.Verdict, Is.EqualTo(Verdict.Invalid));
        Assert.That(Said(outcome), Is.EqualTo(new[] { "/group code.unknown Error", "/commune unit.unmapped Hold", "/personalId personalid.province Warning" }));
    }
}
