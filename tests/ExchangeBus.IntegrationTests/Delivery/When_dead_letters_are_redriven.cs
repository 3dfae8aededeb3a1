using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_dead_letters_are_redriven
{
    private static object All(object? more = null) => more ?? new { all = true, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" };

    [Test]
    public async Task Should_hand_out_the_ones_that_are_named_outside_the_chain_and_count_them_no_more()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(4);
        await desk.RejectAsync(3);
        var counts = await CountsAsync(desk);

        var job = await desk.StartAsync("redrives", new { sequences = new[] { 1, 3 }, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" });
        var done = await desk.CompletedAsync(job.Id());
        var taken = await desk.TakeAsync(3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(done.Number("total"), Is.EqualTo(2));
            Assert.That(done.Number("delivered"), Is.EqualTo(2));
            Assert.That(done.GetProperty("steps")[0].GetProperty("by").GetString(), Is.EqualTo("G18.adapter/CB-17"));
            Assert.That(done.GetProperty("steps")[0].GetProperty("reason").GetString(), Is.EqualTo("Lỗi của bộ chuyển đổi đã sửa"));
            Assert.That(taken.Select(e => e[ExtensionAttributes.Sequence]), Is.EqualTo(["4", "1", "3"]));
            Assert.That(taken.Select(e => e[ExtensionAttributes.PreviousSequence]), Is.EqualTo(["3", null, null]), "no consumer may take them for a gap");
            Assert.That(taken.Select(e => e[ExtensionAttributes.ReplayId]), Is.All.Null, "they take effect for the first time");
            Assert.That(taken[1].Data.IsEmpty, Is.False);
            Assert.That(await desk.DeadSequencesAsync(), Is.EqualTo([2]));
            Assert.That(await desk.CountAsync("select count(*) from dead_letter where redriven_at is not null and redriven_by is not null"), Is.EqualTo(2));
            Assert.That(await CountsAsync(desk), Is.EqualTo(counts), "a job must not change what was counted of first deliveries");
        }
    }

    [Test]
    public async Task Should_hand_out_all_in_log_order_and_those_that_come_back_another_time_only_when_asked_again()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(600);
        await desk.RejectAsync(600);

        var job = await desk.StartAsync("redrives", new { all = true, rate = 5_000, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" });
        var taken = await desk.TakeAsync(600, async (channel, last) =>
        {
            await channel.BasicRejectAsync(7, requeue: false);
            await channel.BasicAckAsync(last, multiple: true);
        });

        Assert.That(taken.Select(e => long.Parse(e[ExtensionAttributes.Sequence]!)), Is.EqualTo(Enumerable.Range(1, 600)));
        Assert.That((await desk.CompletedAsync(job.Id())).Number("delivered"), Is.EqualTo(600));
        Assert.That(await Eventually.GetAsync(desk.DeadSequencesAsync, d => d.Length == 1, "it is a dead letter again"), Is.EqualTo([7]));
        Assert.That((await desk.Agency.GetStringAsync("subscriptions/G18.births/dead-letters/7")).Split("\"result\"").Length - 1, Is.EqualTo(2), "both attempts are kept");

        var again = await desk.StartAsync("redrives", All());
        Assert.That((await desk.CompletedAsync(again.Id())).Number("total"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_choose_by_reason_and_time()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(2);
        await desk.RejectAsync(2);

        var other = await desk.StartAsync("redrives", new { all = true, dryRun = true, reasons = new[] { "delivery-limit" } }, expected: 200);
        var earlier = await desk.StartAsync("redrives", new { all = true, dryRun = true, before = "2026-01-01T00:00:00Z" }, expected: 200);
        var both = await desk.StartAsync("redrives", new { all = true, dryRun = true, reasons = new[] { "rejected", "delivery-limit" } }, expected: 200);

        Assert.That((other.Number("total"), earlier.Number("total"), both.Number("permitted")), Is.EqualTo((0L, 0L, 2L)));
    }

    [Test]
    public async Task Should_say_beforehand_what_would_happen_and_do_nothing()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(300);
        await desk.RejectAsync(300);

        var forecast = await desk.StartAsync("redrives", new { all = true, dryRun = true }, expected: 200);
        var tooOld = await desk.StartAsync("redrives", new { all = true, dryRun = true, olderThan = "PT0.001S" }, expected: 200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(forecast.Number("total"), Is.EqualTo(300));
            Assert.That(forecast.Number("permitted"), Is.EqualTo(300));
            Assert.That(forecast.GetProperty("types").GetRawText(), Is.EqualTo($$"""{"{{EventTypes.LinkedBirthSubmitted}}":300}"""));
            Assert.That(forecast.GetProperty("isComplete").GetBoolean(), Is.True);
            Assert.That(tooOld.Number("tooOld"), Is.EqualTo(300));
            Assert.That(await desk.CountAsync("select count(*) from delivery_job"), Is.Zero);
            Assert.That(await desk.DeadSequencesAsync(), Has.Length.EqualTo(300));
        }
    }

    [Test]
    public async Task Should_leave_what_is_too_old()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(2);
        await desk.RejectAsync(2);

        var job = await desk.StartAsync("redrives", new { all = true, olderThan = "PT0.001S", reason = "Chỉ gửi lại tin mới", officer = "CB-17" });

        Assert.That((await desk.CompletedAsync(job.Id())).Skipped("job.too-old"), Is.EqualTo(2));
        Assert.That(await desk.DeadSequencesAsync(), Is.EqualTo([1, 2]), "what is skipped stays a dead letter");
    }

    [Test]
    public async Task Should_say_everything_that_is_wrong_with_a_request()
    {
        await using var desk = await DeliveryDesk.StartAsync();

        var nothing = await desk.StartAsync("redrives", new { rate = 0, olderThan = "30 days" }, expected: 422);
        var unknown = await desk.StartAsync("redrives", new { sequences = new[] { 4711 }, reason = "Thử", officer = "CB-17" }, expected: 422);
        var extra = await desk.StartAsync("redrives", new { everything = true }, expected: 400);

        Assert.That(CodesOf(nothing), Is.EquivalentTo(["job.reason", "job.officer", "job.rate", "job.olderthan", "job.selection"]));
        Assert.That(CodesOf(unknown), Is.EqualTo(["job.sequence"]));
        Assert.That(CodesOf(extra), Is.EqualTo(["job.malformed"]));
    }

    private static IEnumerable<string?> CodesOf(JsonElement problem) => problem.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("code").GetString());

    private static async Task<(long Matched, long Handed, long Deliveries)> CountsAsync(DeliveryDesk desk) => (
        await desk.CountAsync("select matched from delivery_position where subscription = 'G18.births'"),
        await desk.CountAsync("select handed from delivery_position where subscription = 'G18.births'"),
        await desk.CountAsync("select deliveries from delivery_position where subscription = 'G18.births'"));
}
