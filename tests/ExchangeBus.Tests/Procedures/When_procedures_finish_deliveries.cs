using ExchangeBus.Procedures;

namespace ExchangeBus.Tests.Procedures;

[TestFixture]
public sealed class When_procedures_finish_deliveries
{
    [Test]
    public void Should_move_along_the_chain_only()
    {
        var done = new DoneDeliveries(acknowledged: 4);
        done.Done(7, 9);
        Assert.That(done.Position, Is.EqualTo(4));
        done.Done(4, 7);
        Assert.That(done.Position, Is.EqualTo(9));
        done.Done(4, 7);
        Assert.That(done.Position, Is.EqualTo(9), "a copy changes nothing");
    }

    [Test]
    public void Should_go_on_after_what_another_node_has_said()
    {
        var done = new DoneDeliveries(acknowledged: 0);
        done.Done(12, 15);
        done.Skip(12);
        Assert.That(done.Position, Is.EqualTo(15));
    }
}
