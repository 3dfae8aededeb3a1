using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;

namespace ExchangeBus.Tests.Client;

[TestFixture]
public sealed class When_a_delivery_comes
{
    [Test]
    public void Should_not_be_believed_to_be_the_first_before_the_bus_has_said_so()
    {
        var chain = new DeliveryChain();
        Assert.That(chain.PlaceOf(0, 1), Is.EqualTo(Place.AfterGap));

        chain.ContinueAfter(0);
        Assert.That(chain.PlaceOf(0, 1), Is.EqualTo(Place.Next));
    }

    [Test]
    public void Should_be_told_apart_from_a_copy_and_from_what_comes_after_a_gap()
    {
        var chain = new DeliveryChain();
        chain.ContinueAfter(10);

        Assert.Multiple(() =>
        {
            Assert.That(chain.PlaceOf(10, 12), Is.EqualTo(Place.Next));
            Assert.That(chain.PlaceOf(10, 12), Is.EqualTo(Place.Seen));
            Assert.That(chain.PlaceOf(4, 7), Is.EqualTo(Place.Seen));
            Assert.That(chain.PlaceOf(13, 15), Is.EqualTo(Place.AfterGap));
            Assert.That(chain.PlaceOf(12, 13), Is.EqualTo(Place.Next), "the gap is filled");
            Assert.That(chain.PlaceOf(13, 15), Is.EqualTo(Place.Next));
        });
    }

    [Test]
    public void Should_be_remembered_once_for_the_event_and_once_for_each_replay()
    {
        var live = new CloudEvent { Id = "1", Source = "urn:x", Type = "vn.test.v1" };
        var (first, second) = (live.With(ExtensionAttributes.ReplayId, "a"), live.With(ExtensionAttributes.ReplayId, "b"));

        Assert.That(Inbox.KeyOf(live), Is.EqualTo(EventKey.Of("urn:x", "1")), "a redrive is the event itself");
        Assert.That(((Guid[])[Inbox.KeyOf(live), Inbox.KeyOf(first), Inbox.KeyOf(second)]).Distinct().Count(), Is.EqualTo(3));
    }
}
