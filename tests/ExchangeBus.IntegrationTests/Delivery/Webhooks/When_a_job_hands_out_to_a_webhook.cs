using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_job_hands_out_to_a_webhook
{
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        // An endpoint without time for a second attempt: what fails is a dead letter at once.
        _desk = await HookDesk.OpenAsync(_receiver, retryForHours: 0.02);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_replay_in_order_as_other_deliveries_than_the_live_ones()
    {
        var published = new List<long>();
        for (var i = 0; i < 12; i++)
            published.Add(await _desk.PublishAsync(HookDesk.Subject(i % 3)));
        await _receiver.TakenAsync(12);
        await _desk.AcknowledgedAsync(published[^1]);
        var live = _receiver.Taken.Count;

        var done = await CompletedAsync(await StartAsync("replays", new JsonObject { ["fromSequence"] = published[0], ["toSequence"] = published[8] }));

        var replayed = _receiver.Taken.Skip(live).ToArray();
        Assert.That(done.GetProperty("delivered").GetInt64(), Is.EqualTo(9));
        Assert.That(replayed.Select(r => r.Sequence).Order(), Is.EqualTo(published.Take(9)));
        foreach (var citizen in replayed.GroupBy(r => r.Event.Subject))
            Assert.That(citizen.Select(r => r.Sequence), Is.Ordered.Ascending);
        Assert.That(replayed.Select(r => r.Event[ExtensionAttributes.ReplayId]), Is.All.EqualTo(done.GetProperty("id").GetString()));
        Assert.That(replayed.Select(r => r.Event[ExtensionAttributes.PreviousSequence]), Is.All.Null);
        Assert.That(replayed.Select(r => r.Headers["webhook-id"]).Intersect(_receiver.Taken.Take(live).Select(r => r.Headers["webhook-id"])), Is.Empty);
        Assert.That((await _desk.BalanceAsync()).GetProperty("delivered").GetInt64(), Is.EqualTo(12), "a replay is not counted again");
    }

    [Test]
    public async Task Should_redrive_what_is_taken_now_and_leave_dead_what_is_not()
    {
        var dead = new HashSet<long>();
        var isRefusing = true;
        _receiver.Answer = (hooked, context) =>
        {
            // More time than there is.
            context.Response.Headers.RetryAfter = "100";
            return Task.FromResult(isRefusing || hooked.Sequence == dead.Max() ? 503 : 204);
        };
        for (var i = 0; i < 2; i++)
            dead.Add(await _desk.PublishAsync(HookDesk.Subject(i)));
        await Eventually.GetAsync(CountOpenAsync, n => n == 2, "two dead letters", TimeSpan.FromSeconds(60));
        isRefusing = false;
        _receiver.Answer = (hooked, _) => Task.FromResult(hooked.Sequence == dead.Max() ? 422 : 204);
        // The circuit of the endpoint is open as long as the receiver has asked for; other settings close it.
        await _desk.HookAsync(_receiver, concurrency: 3, retryForHours: 0.02);

        var done = await CompletedAsync(await StartAsync("redrives", new JsonObject { ["all"] = true }));

        Assert.That(done.GetProperty("delivered").GetInt64(), Is.EqualTo(1), $"{done}");
        Assert.That(done.GetProperty("skipped").GetProperty("subscriber.refused").GetInt64(), Is.EqualTo(1), $"{done}");
        Assert.That(_receiver.Taken.Single().Sequence, Is.EqualTo(dead.Min()));
        Assert.That(await CountOpenAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_stop_at_once_while_the_receiver_hangs()
    {
        var sequence = await _desk.PublishAsync();
        await _receiver.TakenAsync(1);
        await _desk.AcknowledgedAsync(sequence);
        _receiver.Answer = async (_, context) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return 204;
        };
        var job = await StartAsync("replays", new JsonObject { ["fromSequence"] = sequence });
        await Eventually.GetAsync(() => Task.FromResult(_receiver.Tried.Count), n => n == 2, "the replay tried");

        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/{HookDesk.Name}/jobs/{job}/stop", new JsonObject { ["reason"] = "It hangs", ["officer"] = "CB-17" });

        await Eventually.GetAsync(() => Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from delivery_job where owner is null and state = 'stopped'"), n => n == 1,
            "the job let go", TimeSpan.FromSeconds(4));
    }

    private Task<long> CountOpenAsync() => Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from dead_letter where redriven_at is null and subscription = 'G18.hooked'");

    private async Task<string> StartAsync(string what, JsonObject asked)
    {
        (asked["reason"], asked["officer"]) = ("Khôi phục sau sự cố", "CB-17");
        return (await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/{HookDesk.Name}/{what}", asked)).GetProperty("id").GetString()!;
    }

    private Task<JsonElement> CompletedAsync(string job) => Eventually.GetAsync(
        () => AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/{HookDesk.Name}/jobs/{job}", null), j => j.GetProperty("state").GetString() == "completed", "the job done", TimeSpan.FromSeconds(60));
}
