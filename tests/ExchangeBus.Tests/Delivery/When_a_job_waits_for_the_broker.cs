using ExchangeBus.Delivery.Jobs;

namespace ExchangeBus.Tests.Delivery;

[TestFixture]
public sealed class When_a_job_waits_for_the_broker
{
    [Test]
    public void Should_be_done_when_all_is_confirmed_in_whatever_order()
    {
        var confirms = new Confirms();
        for (var tag = 1UL; tag <= 4; tag++)
            confirms.Published(tag);
        var all = confirms.AllAsync();

        confirms.Confirmed(4, multiple: false);
        confirms.Confirmed(2, multiple: true);
        Assert.That(all.IsCompleted, Is.False, "the third is open");
        confirms.Confirmed(3, multiple: false);

        Assert.That(all.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void Should_not_believe_a_confirm_after_a_return()
    {
        var confirms = new Confirms();
        confirms.Published(1);
        confirms.Failed("A queue of the subscription is gone.");
        confirms.Confirmed(1, multiple: false);

        Assert.That(confirms.AllAsync().IsFaulted, Is.True, "RabbitMQ confirms what it has returned");
    }
}
