using System.Globalization;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_part_of_the_log_is_replayed
{
    [Test]
    public async Task Should_be_handled_once_more_for_each_replay_while_live_traffic_goes_on()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        var (host, seen) = await ClientRecorder.StartAsync(desk.Bus.Address, desk.Bus.AmqpUri);
        using var subscriber = host;
        await desk.PublishAsync(100);
        await HandledAsync(seen, 100);

        var first = (await desk.StartAsync("replays", new { fromSequence = 21, toSequence = 80, rate = 200, reason = "Khôi phục sau sự cố ổ đĩa", officer = "CB-17" })).Id();
        await desk.PublishAsync(100);
        var second = (await desk.StartAsync("replays", new { fromSequence = 21, toSequence = 80, rate = 2_000, reason = "Lần thứ hai, sau khi sửa bộ chuyển đổi", officer = "CB-17" })).Id();
        var done = await desk.CompletedAsync(first);
        await desk.CompletedAsync(second);
        await HandledAsync(seen, 320);
        await Eventually.GetAsync(desk.AcknowledgedAsync, n => n == 200, "live deliveries acknowledged");
        await subscriber.StopAsync();

        var handled = seen.Handled.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((done.Number("total"), done.Number("delivered")), Is.EqualTo((60L, 60L)));
            Assert.That(handled.Where(h => h.ReplayId is null).Select(h => h.Sequence).Order(), Is.EqualTo(Enumerable.Range(1, 200)), "live traffic, each once");
            foreach (var replay in (string[])[first, second])
            {
                var again = handled.Where(h => h.ReplayId == replay).ToArray();
                Assert.That(again.Select(h => h.Sequence).Order(), Is.EqualTo(Enumerable.Range(21, 60)), "each once in a replay");
                foreach (var citizen in again.GroupBy(h => h.Subject))
                    Assert.That(citizen.Select(h => h.Sequence), Is.Ordered, "the events of one citizen in order");
            }

            Assert.That(await desk.CountAsync("select handed from delivery_position where subscription = 'G18.births'"), Is.EqualTo(200), "a replay is no first delivery");
            Assert.That(await desk.CountAsync("select deliveries from delivery_position where subscription = 'G18.births'"), Is.EqualTo(200), "the client asked for nothing again");
        }
    }

    [Test]
    public async Task Should_let_a_redriven_event_take_effect_once()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(3);
        await desk.RejectAsync(3);
        var (host, seen) = await ClientRecorder.StartAsync(desk.Bus.Address, desk.Bus.AmqpUri);
        using var subscriber = host;
        object redrive = new { sequences = new[] { 1, 2, 3 }, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" };

        await desk.CompletedAsync((await desk.StartAsync("redrives", redrive)).Id());
        await HandledAsync(seen, 3);
        await desk.CompletedAsync((await desk.StartAsync("redrives", redrive)).Id());
        await desk.PublishAsync(1);
        await HandledAsync(seen, 4);
        await Eventually.GetAsync(desk.AcknowledgedAsync, n => n >= 4, "the chain goes on after the dead letters");
        await subscriber.StopAsync();

        Assert.That(seen.Handled.Take(4).Select(h => h.ReplayId), Is.All.Null);
        // The three events that told of the dead letters stand in between.
        Assert.That(seen.Handled.Select(h => h.Sequence), Is.EquivalentTo([1, 2, 3, 7]), "named twice, handled once");
    }

    [Test]
    public async Task Should_begin_and_end_by_the_clock_and_never_overtake_live_traffic()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(1);
        await desk.PublishAsync(2);
        await desk.TakeAsync(3);
        var at = await desk.RecordedAtAsync(2);

        var job = await desk.StartAsync("replays", new { fromTime = at, reason = "Khôi phục sau sự cố ổ đĩa", officer = "CB-17" });
        var bounded = await desk.StartAsync("replays", new { fromTime = at.AddSeconds(-60), toTime = at.AddTicks(-10), dryRun = true }, expected: 200);
        var beyond = await desk.StartAsync("replays", new { fromSequence = 1, toSequence = 1_000_000, dryRun = true }, expected: 200);
        var wrong = await desk.StartAsync("replays", new { fromSequence = 5, toSequence = 4, reason = "Thử nghiệm", officer = "CB-17" }, expected: 422);

        var taken = await desk.TakeAsync(2);
        await desk.CompletedAsync(job.Id());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.Select(e => e[ExtensionAttributes.Sequence]), Is.EqualTo(["2", "3"]));
            Assert.That(taken.Select(e => e[ExtensionAttributes.ReplayId]), Is.All.EqualTo(job.Id()));
            Assert.That(bounded.Number("permitted"), Is.EqualTo(1));
            Assert.That(beyond.Number("total"), Is.EqualTo(3), "it ends where live deliveries stand");
            Assert.That(wrong.GetProperty("violations")[0].GetProperty("code").GetString(), Is.EqualTo("job.range"));
        }
    }

    [Test]
    [Explicit("Three minutes and more.")]
    public Task Should_hand_out_50_000_in_order() => HandOutAsync(50_000, 5_000, TimeSpan.FromMinutes(4));

    [Test]
    public Task Should_hand_out_several_pages_in_order() => HandOutAsync(2_000, 2_000, TimeSpan.FromSeconds(30));

    private static async Task HandOutAsync(int count, int rate, TimeSpan within)
    {
        await using var desk = await DeliveryDesk.StartAsync(new Dictionary<string, string?> { ["Intake:Limits:Default:EventsPerSecond"] = "100000", ["Intake:Limits:Default:Burst"] = "100000", ["Dispatch:UnacknowledgedWindow"] = "100000" });
        await desk.PublishAsync(count);
        for (var left = count; left > 0; left -= 10_000)
            await desk.RejectAsync(Math.Min(left, 10_000), within);

        var job = (await desk.StartAsync("redrives", new { all = true, rate, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" })).Id();
        var sequences = new List<long>();
        for (var left = count; left > 0; left -= 1_000)
            sequences.AddRange((await desk.TakeAsync(Math.Min(left, 1_000), within: within)).Select(e => long.Parse(e[ExtensionAttributes.Sequence]!, CultureInfo.InvariantCulture)));

        Assert.That((await desk.CompletedAsync(job, within)).Number("delivered"), Is.EqualTo(count));
        Assert.That(sequences, Is.EqualTo(Enumerable.Range(1, count)), "all, once, in log order");
        Assert.That(await desk.DeadSequencesAsync(), Is.Empty);
    }

    private static Task<int> HandledAsync(ClientRecorder seen, int count) =>
        Eventually.GetAsync(() => Task.FromResult(seen.Handled.Count), n => n >= count, $"{count} events handled", TimeSpan.FromSeconds(60));
}
