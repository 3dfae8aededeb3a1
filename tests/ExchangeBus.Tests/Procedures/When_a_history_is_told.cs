using ExchangeBus.Procedures;
using ExchangeBus.Procedures.Timeline;

namespace ExchangeBus.Tests.Procedures;

[TestFixture]
public sealed class When_a_history_is_told
{
    [Test]
    public void Should_have_a_sentence_for_everything_that_a_procedure_waits_for() =>
        Assert.That(RegisteredProcedure.All.SelectMany(p => p.WaitsFor).Distinct().Except(TimelineText.Types), Is.Empty);

    [Test]
    public void Should_say_who_has_acted_and_how_it_was_taken()
    {
        Assert.That(TimelineText.Of("vn.procedures.deskactiondecided.v1", "desk.stale", "H26.15/cb-1").En,
            Is.EqualTo("An officer has acted on the dossier. Officer: H26.15/cb-1. It was not possible any more: The dossier has moved on since it was looked at; look again."));
        Assert.That(TimelineText.Of("vn.civilstatus.birthregistered.v1", "repeated", null).Vi, Is.EqualTo("Đã đăng ký khai sinh. Đã biết từ trước, không thay đổi gì."));
    }
}
