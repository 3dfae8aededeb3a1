using System.Text.Json.Nodes;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_webhook_wants_no_order
{
    [Test]
    public async Task Should_hold_back_nothing_behind_what_fails()
    {
        await using var receiver = await HookReceiver.StartAsync();
        await using var desk = await AgreementDesk.OpenAsync(HookDesk.Settings);
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Post, "subscriptions", new JsonObject
        {
            ["name"] = "hooked",
            ["way"] = "webhook",
            ["ordered"] = false,
            ["terms"] = AgreementDesk.Asks(null, "statistics"),
            ["reason"] = "needed",
        });
        await desk.HookAsync(receiver);
        var failing = 0L;
        receiver.Answer = (hooked, _) =>
        {
            Interlocked.CompareExchange(ref failing, hooked.Sequence, 0);
            return Task.FromResult(Interlocked.Read(ref failing) == hooked.Sequence ? 500 : 204);
        };
        var published = new List<long> { await desk.PublishAsync(HookDesk.Subject(0)) };
        await desk.WaitUntilWaitingAsync(1);
        for (var i = 0; i < 9; i++)
            published.Add(await desk.PublishAsync(HookDesk.Subject(0)));

        await receiver.TakenAsync(9);
        Assert.That(receiver.Taken.Select(t => t.Sequence), Is.EquivalentTo(published.Skip(1)), "all of the same citizen but the one that fails, each once");
        var waiting = (await desk.WaitUntilWaitingAsync(1))[0];
        Assert.That(waiting.GetProperty("sequence").GetInt64(), Is.EqualTo(published[0]));
        var balance = await desk.BalanceAsync();
        Assert.That((balance.GetProperty("delivered").GetInt64(), balance.GetProperty("waiting").GetInt64()), Is.EqualTo((9L, 1L)));

        receiver.Answer = (_, _) => Task.FromResult(204);
        await desk.RetryNowAsync(published[0]);
        await receiver.TakenAsync(10);
        await desk.WaitUntilWaitingAsync(0);
    }
}
