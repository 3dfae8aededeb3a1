using ExchangeBus.Tests.Release;

namespace ExchangeBus.Tests.Subscriptions;

[TestFixture]
public sealed class When_a_schema_gets_a_field
{
    private const string Old = """{"type":"object","properties":{"a":{"type":"string","x-classification":"public"},"o":{"type":"object","x-classification":"public","properties":{"b":{"type":"string","x-classification":"public"}}}}}""";
    private const string New = """{"type":"object","properties":{"a":{"type":"string","x-classification":"public"},"new":{"type":"string","x-classification":"public"},"o":{"type":"object","x-classification":"public","properties":{"b":{"type":"string","x-classification":"public"},"fresh":{"type":"string","x-classification":"public"}}}}}""";
    private const string Body = """{"a":"1","new":"2","o":{"b":"3","fresh":"4"}}""";

    [TestCase("public")]
    [TestCase("/*")]
    [TestCase("/o", "/a")]
    public void Should_be_withheld_from_agreements_that_were_made_before(params string[] fields)
    {
        var (before, now) = (Cuts.TypeOf(Old), Cuts.TypeOf(New));
        var agreed = now.Knowing(before.Hash, before.Fields);

        Assert.That(agreed.Compile(fields).Of(Body).Body, Is.EqualTo("""{"a":"1","o":{"b":"3"}}"""));
        Assert.That(now.Compile(fields).Of(Body).Body ?? Body, Does.Contain("fresh"), "an agreement that is made now knows it");
    }

    [Test]
    public void Should_share_the_cuts_of_today_where_nothing_has_changed()
    {
        var type = Cuts.TypeOf(Old);

        Assert.That(type.Knowing(type.Hash, type.Fields), Is.SameAs(type));
    }
}
