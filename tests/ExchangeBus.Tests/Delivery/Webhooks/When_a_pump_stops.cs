using ExchangeBus.Delivery.Webhooks.Delivering;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;

namespace ExchangeBus.Tests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_pump_stops
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<long, Flight> _flights = [];
    private Ledger _ledger = null!;

    [SetUp]
    public void SendFive()
    {
        _ledger = new Ledger(new Claimed(new Position("G18.hooked", 0, 0, 0, 0), new Totals(0, 0, 0, 0, 0, 0, 0, 0)), window: 100, mostFlying: 100);
        foreach (var (sequence, key) in new[] { (1L, "lan"), (2L, "minh"), (3L, "lan"), (4L, "minh"), (5L, "lan") })
        {
            var logged = new LoggedEvent { Sequence = sequence, Lane = 0, Type = "vn.test.happened.v1", RecordedAt = Now, Envelope = [], Data = default };
            _ledger.Add(_flights[sequence] = new Flight(logged, key, sequence - 1, judgedBy: null!, cut: null!));
        }
    }

    [Test]
    public void Should_let_what_was_overtaken_wait_so_that_what_was_answered_is_not_sent_again()
    {
        // Minh's two are answered while Lan's first was not sent yet.
        _ledger.Landed(_flights[2], FlightState.Answered);
        _ledger.Landed(_flights[4], FlightState.Answered);

        _ledger.Close(Now);

        var page = _ledger.Take()!;
        Assert.Multiple(() =>
        {
            Assert.That(page.Claimed.Position.Delivered, Is.EqualTo(4), "what was answered lies behind the position");
            Assert.That(page.Changes.OfType<Change.Waits>().Select(w => (w.Row.Sequence, w.Row.NextAt)), Is.EqualTo(new[] { (1L, (DateTimeOffset?)Now), (3L, null) }),
                "Lan's first is to be sent at once, the second after it");
        });
    }

    [Test]
    public void Should_leave_in_the_log_what_nothing_has_overtaken()
    {
        _ledger.Landed(_flights[1], FlightState.Answered);

        _ledger.Close(Now);

        var page = _ledger.Take()!;
        Assert.That(page.Claimed.Position.Delivered, Is.EqualTo(1));
        Assert.That(page.Changes, Is.Empty);
    }
}
