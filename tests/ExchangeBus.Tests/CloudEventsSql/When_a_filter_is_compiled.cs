using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

public class When_a_filter_is_compiled
{
    [Test]
    public void Should_say_which_attributes_it_reads() =>
        Assert.That(CesqlExpression.Parse("Type = 'a' OR EXISTS subject AND LENGTH(type) > ttl").Attributes, Is.EqualTo(["subject", "ttl", "type"]));

    [TestCase("type = 'a'", CesqlType.Boolean)]
    [TestCase("hops + 1", CesqlType.Integer)]
    [TestCase("LOWER(type)", CesqlType.String)]
    [TestCase("(urgent)", CesqlType.Any)]
    public void Should_say_its_type(string text, CesqlType type) => Assert.That(CesqlExpression.Parse(text).Type, Is.EqualTo(type));

    [TestCase("hops + 1", "cesql.type", 1)]
    [TestCase("'true'", "cesql.type", 1)]
    [TestCase("type = 'a' AND SOUNDEX(type) = 'b'", "cesql.function", 16)]
    [TestCase("hops > 'ten'", "cesql.cast", 8)]
    [TestCase("hops = 1 / 0", "cesql.math", 8)]
    [TestCase("urgent AND 'yes'", "cesql.cast", 12)]
    [TestCase("'one' = priority + 1", "cesql.cast", 1)]
    [TestCase("hops IN (1, LEFT('a', -1))", "cesql.argument", 13)]
    public void Should_refuse_what_can_only_fail(string text, string code, int column)
    {
        Assert.That(CesqlExpression.TryParseFilter(text, null, out _, out var error), Is.False);
        Assert.That((error!.Code, error.Column), Is.EqualTo((code, column)));
        Assert.That(error.MessageVi, Is.Not.Empty.And.Not.EqualTo(error.MessageEn));
    }

    [TestCase("urgent", true)]
    [TestCase("subject", false)]
    [TestCase("absent = 'a' OR urgent", false)]
    [TestCase("EXISTS absent AND absent = 'a' OR urgent", true)]
    [TestCase("NOT (absent = 'a')", false)]
    [TestCase("FALSE AND absent = 'a' OR TRUE", true)]
    public void Should_pass_an_event_only_when_it_is_true_without_error(string text, bool passes)
    {
        var filter = CesqlExpression.ParseFilter(text);

        Assert.That(filter.Matches(new Attributes(("urgent", true), ("subject", "true"))), Is.EqualTo(passes));
    }

    [TestCase("type = 'vn.civilstatus.birthregistered.v1' AND subject LIKE 'HT-%' AND purpose IN ('1.001193', '2.000635') AND priority >= 2")]
    [TestCase("absent = 'a' OR type LIKE '%.v1'")]
    [TestCase("LENGTH(TRIM(SUBSTRING(subject, 1, 3))) = 3 AND hops < 10 AND subject LIKE '%_2025%'")]
    public void Should_allocate_nothing_when_it_decides(string text)
    {
        var attributes = new Attributes(
            ("type", "vn.civilstatus.birthregistered.v1"), ("subject", "HT-2025/0001"), ("purpose", "2.000635"), ("priority", 3), ("hops", "7"));
        var filter = CesqlExpression.ParseFilter(text);
        for (var i = 0; i < 100; i++) filter.Matches(attributes);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) filter.Matches(attributes);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
