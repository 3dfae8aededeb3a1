using static ExchangeBus.Tests.Checks.CheckedEvent;

namespace ExchangeBus.Tests.Checks.Rules;

internal sealed class When_numbers_of_a_person_are_checked
{
    // The girl of 2021 and the man of 1999 are the invented samples of the notes on Decree 137/2015.
    [Test]
    public void Should_leave_the_body_as_it_was_sent_when_it_only_warns()
    {
        var outcome = CheckedEvent.Check("""{"mother":{"name":{"family":"Trần","given":"Mai"},"personalId":"001095000123","birthDate":"1990-01-01"}}""");

        Assert.That(outcome.Warnings, Is.Not.Empty);
        Assert.That(outcome.ComposedData, Is.Null);
    }

    [TestCase("001321000123", "female", "2021-05-02")]
    [TestCase("040099000001", "male", "1999")]
    [TestCase("015200000001", "male", "2000-01-01")]
    [TestCase("823199000001", "female", "1999-12-31", TestName = "Should_take(a number given abroad)")]
    [TestCase("001321000123", "unknown", "2021")]
    public void Should_take(string id, string gender, string born) =>
        Assert.That(Said(Check($$"""{"personalId":"{{id}}","gender":"{{gender}}","birthDate":"{{born}}"}""")), Is.Empty);

    [TestCase("003321000123", "female", "2021", "personalid.province", TestName = "Should_warn(03 was never a province)")]
    [TestCase("000321000123", "female", "2021", "personalid.province")]
    [TestCase("097321000123", "female", "2021", "personalid.province")]
    [TestCase("001321000123", "male", "2021", "personalid.gender")]
    [TestCase("001221000123", "female", "2021", "personalid.gender")]
    [TestCase("001321000123", "female", "2020-12-31", "personalid.year")]
    [TestCase("001199000123", "female", "1998", "personalid.year")]
    [TestCase("001300000123", "female", "1900", "personalid.century")]
    [TestCase("001100000123", "female", "2000", "personalid.century")]
    public void Should_warn(string id, string gender, string born, string code) =>
        Assert.That(Said(Check($$"""{"personalId":"{{id}}","gender":"{{gender}}","birthDate":"{{born}}"}""")), Is.EqualTo(new[] { $"/personalId {code} Warning" }));

    [Test]
    public void Should_say_both_of_somebody_born_in_2099()
    {
        Assert.That(Said(Check("""{"personalId":"001299000001","gender":"male","birthDate":"2099"}""")), Is.EqualTo(new[] { "/birthDate date.future Error" }));
        Assert.That(Said(Check("""{"personalId":"001099000001","gender":"male","birthDate":"2099"}""")),
            Is.EqualTo(new[] { "/birthDate date.future Error", "/personalId personalid.century Warning" }));
    }

    [Test]
    public void Should_compare_each_person_of_an_array_with_itself()
    {
        var said = Said(Check("""
            {"people":[
              {"name":{"given":"A"},"personalId":"001199000123","birthDate":"1998"},
              {"name":{"given":"B"},"personalId":"001199000123"},
              {"name":{"given":"C"},"personalId":"001199000123","birthDate":"1999"},
              {"name":{"given":"D"},"birthDate":"1997","personalId":"001199000123"}]}
            """));

        Assert.That(said, Is.EqualTo(new[] { "/people/0/personalId personalid.year Warning", "/people/3/personalId personalid.year Warning" }));
    }

    [Test]
    public void Should_read_a_number_that_is_written_with_escapes() =>
        Assert.That(Said(Check("""{"personalId":"001321\u003000123","birthDate":"2020"}""")), Is.EqualTo(new[] { "/personalId personalid.year Warning" }));

    [TestCase("012345678", 0)]
    [TestCase("000000000", 1)]
    [TestCase("999999999", 1)]
    public void Should_warn_of_an_old_card_that_nobody_can_have(string number, int warnings) =>
        Assert.That(Check($$"""{"oldIdCard":"{{number}}"}""").Warnings, Has.Count.EqualTo(warnings));

    [TestCase("TE1010123456789", "2026-11-01", "", TestName = "Should_judge_a_card(a newborn)")]
    [TestCase("TE1020123456789", "2026-11-01", "", TestName = "Should_judge_a_card(a province that was, before the merger)")]
    [TestCase("TE1030123456789", "2026-11-01", "/card healthcard.province Error")]
    [TestCase("TE1010000000000", "2026-11-01", "/card healthcard.temporary Warning")]
    [TestCase("TE1010123456789", "2020-11-26", "", TestName = "Should_judge_a_card(one day before the sixth birthday)")]
    [TestCase("TE1010123456789", "2020-11-25", "/card healthcard.six Warning", TestName = "Should_judge_a_card(exactly six, born after September)")]
    [TestCase("TE1010123456789", "2020-11-01", "/card healthcard.six Warning", TestName = "Should_judge_a_card(until the end of the month)")]
    [TestCase("TE1010123456789", "2020-10-31", "/card healthcard.age Error", TestName = "Should_judge_a_card(the month is over)")]
    [TestCase("TE1010123456789", "2020-09-30", "/card healthcard.age Error", TestName = "Should_judge_a_card(the school year has begun)")]
    [TestCase("TE1010123456789", "2020", "", TestName = "Should_judge_a_card(perhaps under six)")]
    [TestCase("TE1010123456789", "2019", "/card healthcard.age Error")]
    public void Should_judge_a_card(string card, string born, string expected) =>
        Assert.That(string.Join(' ', Said(Check($$"""{"happenedOn":"2026-11-25","card":"{{card}}","birthDate":"{{born}}"}"""))), Is.EqualTo(expected));

    [TestCase("2026-09-30", "2020-02-29", "/card healthcard.six Warning", TestName = "Should_judge_a_card_on(the last day of the summer)")]
    [TestCase("2026-10-01", "2020-02-29", "/card healthcard.age Error")]
    [TestCase("2026-02-27", "2020-02-29", "")]
    [TestCase("2026-02-28", "2020-02-29", "/card healthcard.six Warning", TestName = "Should_judge_a_card_on(72 months after 29 February)")]
    public void Should_judge_a_card_on(string day, string born, string expected) =>
        Assert.That(string.Join(' ', Said(Check($$"""{"card":"TE1010123456789","birthDate":"{{born}}","happenedOn":"{{day}}"}"""))), Is.EqualTo(expected));

    [TestCase("mother", "2013-11-02", "parent.age")]
    [TestCase("mother", "2013-11-01", null)]
    [TestCase("mother", "2013", null)]
    [TestCase("father", "2014", "parent.age")]
    [TestCase("father", "1926-01-01", null)]
    [TestCase("mother", "1970-11-01", "mother.age")]
    [TestCase("mother", "1970-11-02", null)]
    [TestCase("mother", "1970", null)]
    public void Should_warn_of_a_parent_s_age(string parent, string born, string? code) =>
        Assert.That(Said(Check($$"""{"birthDate":"2026-11-01","{{parent}}":{"name":{"given":"Lan"},"birthDate":"{{born}}"} }""")),
            Is.EqualTo(code is null ? [] : new[] { $"/{parent}/birthDate {code} Warning" }));
}
