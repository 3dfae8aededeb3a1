using ExchangeBus.Agencies;

namespace ExchangeBus.Tests.Agencies;

[TestFixture]
public sealed class When_a_system_publishes
{
    [TestCase("vn.health.birthnoticeissued.v1", true)]
    [TestCase("vn.population.citizenupdated.v1", true)]
    [TestCase("vn.exchangebus.agreementchanged.v1", false)]
    [TestCase("vn.exchangebus.deliveryexhausted.v1", false)]
    public void Should_never_speak_as_the_bus_itself(string type, bool expected) =>
        Assert.That(new AgencySystem("G18", "adapter", ["vn.*", "vn.exchangebus.*"]).MayPublish(type), Is.EqualTo(expected));
}
