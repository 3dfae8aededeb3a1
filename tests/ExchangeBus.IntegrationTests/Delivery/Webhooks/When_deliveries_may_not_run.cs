using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_deliveries_may_not_run
{
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        _desk = await HookDesk.OpenAsync(_receiver);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_stop_at_once_while_the_agreement_is_suspended_and_go_on_after()
    {
        _receiver.Answer = async (_, _) =>
        {
            await Task.Delay(100, CancellationToken.None);
            return 204;
        };
        for (var i = 0; i < 200; i++)
            await _desk.PublishAsync(HookDesk.Subject(i % 50));
        await _receiver.TakenAsync(10);

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        // What was under way may end.
        await Task.Delay(500, CancellationToken.None);
        var then = _receiver.Tried.Count;
        await Task.Delay(1000, CancellationToken.None);
        Assert.That(_receiver.Tried, Has.Count.EqualTo(then).And.Count.LessThan(150));

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "active");
        await _receiver.TakenAsync(200);
        Assert.That(_receiver.Taken, Has.Count.EqualTo(200));
    }

    [Test]
    public async Task Should_not_deliver_what_waits_once_its_agreement_has_ended_and_count_it()
    {
        _receiver.Answer = (_, _) => Task.FromResult(500);
        for (var i = 0; i < 3; i++)
            await _desk.PublishAsync(HookDesk.Subject(0));
        await _desk.WaitUntilWaitingAsync(3);

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "ended");
        _receiver.Answer = (_, _) => Task.FromResult(204);
        await _desk.WaitUntilWaitingAsync(0);

        Assert.That(_receiver.Taken, Is.Empty);
        var balance = await _desk.BalanceAsync();
        Assert.That((balance.GetProperty("withheld").GetInt64(), balance.GetProperty("delivered").GetInt64()), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task Should_leave_a_receiver_alone_that_fails_again_and_again_and_tell_so()
    {
        _receiver.Answer = (_, _) => Task.FromResult(500);
        for (var i = 0; i < 100; i++)
            await _desk.PublishAsync(HookDesk.Subject(i));
        var path = $"subscriptions/{HookDesk.Name}/webhook";

        await Eventually.GetAsync(async () => (await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, path, null)).GetProperty("circuit").GetProperty("state").GetString(),
            state => state != "closed", "left alone");
        Assert.That(_receiver.Tried, Has.Count.LessThan(40), "what waits in the log costs nothing");

        _receiver.Answer = (_, _) => Task.FromResult(204);
        await _receiver.TakenAsync(100);
        await Eventually.GetAsync(async () => (await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, path, null)).GetProperty("circuit").GetProperty("state").GetString(),
            state => state == "closed", "called again");
    }

    [Test]
    public async Task Should_harm_no_other_subscription_when_a_receiver_is_slow()
    {
        await using var slow = await HookReceiver.StartAsync();
        slow.Answer = async (_, context) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted);
            return 204;
        };
        await _desk.SubscribeAsync("slow", "statistics", way: "webhook");
        await _desk.HookAsync(slow, "G18.slow");
        await Eventually.GetAsync(async () =>
        {
            await _desk.PublishAsync(HookDesk.Subject(99));
            return slow.Tried.Count;
        }, n => n > 0, "the slow one called");
        var before = _receiver.Taken.Count;

        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100; i++)
            await _desk.PublishAsync(HookDesk.Subject(i));
        await Eventually.GetAsync(() => Task.FromResult(_receiver.Taken.Count), n => n >= before + 100, "the other one served");

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(15)));
        Assert.That(slow.Taken, Is.Empty);
    }
}
