using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_job_is_steered
{
    private static readonly object SlowRedrive = new { all = true, rate = 40, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" };

    [Test]
    public async Task Should_pause_at_once_go_on_where_it_was_and_stop_for_good()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(200);
        await desk.RejectAsync(200);
        var job = (await desk.StartAsync("redrives", SlowRedrive)).Id();
        await DeliveredAsync(desk, job, 10);

        Assert.That(await desk.StepAsync(job, "pause"), Is.EqualTo(200));
        await StillAsync(desk);
        Assert.That(await desk.StepAsync(job, "pause"), Is.EqualTo(200), "it is so already");
        var paused = (await desk.JobAsync(job)).Number("delivered");

        Assert.That(await desk.StepAsync(job, "resume"), Is.EqualTo(200));
        await DeliveredAsync(desk, job, paused + 10);
        Assert.That(await desk.StepAsync(job, "stop"), Is.EqualTo(200));
        await StillAsync(desk);

        var stopped = await desk.JobAsync(job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.GetProperty("state").GetString(), Is.EqualTo("stopped"));
            Assert.That(stopped.Number("delivered"), Is.LessThan(200).And.EqualTo(stopped.Number("position")), "in log order, each once");
            Assert.That(stopped.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("action").GetString()), Is.EqualTo(["start", "pause", "resume", "stop"]));
            Assert.That(await desk.StepAsync(job, "resume"), Is.EqualTo(409), "it is over");
            Assert.That(await desk.DeadSequencesAsync(), Has.Length.EqualTo(200 - (int)stopped.Number("delivered")), "what it has not come to is left");
        }
    }

    [Test]
    public async Task Should_keep_its_rate()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(100);
        await desk.RejectAsync(100);

        var began = Stopwatch.GetTimestamp();
        var job = await desk.StartAsync("redrives", SlowRedrive);
        await desk.CompletedAsync(job.Id());

        Assert.That(Stopwatch.GetElapsedTime(began).TotalSeconds, Is.InRange(2.2, 4.5), "100 at 40 a second");
    }

    [Test]
    public async Task Should_be_the_agencys_own_and_say_who_and_why()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(100);
        await desk.RejectAsync(100);
        var job = (await desk.StartAsync("redrives", SlowRedrive)).Id();

        using var foreign = await desk.Stranger.PostAsJsonAsync($"subscriptions/G18.births/jobs/{job}/stop", new { reason = "Không phải việc của tôi", officer = "X" });
        using var mute = await desk.Agency.PostAsJsonAsync($"subscriptions/G18.births/jobs/{job}/stop", new { });
        using var absent = await desk.Agency.PostAsJsonAsync($"subscriptions/G18.births/jobs/{Guid.CreateVersion7()}/stop", new { reason = "Dừng lại", officer = "CB-17" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(mute.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(absent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await desk.JobAsync(job)).GetProperty("state").GetString(), Is.EqualTo("running"));
        }
    }

    [Test]
    public async Task Should_go_on_after_a_restart_of_its_host()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(120);
        await desk.RejectAsync(120);
        var job = (await desk.StartAsync("redrives", SlowRedrive)).Id();
        await DeliveredAsync(desk, job, 20);

        await desk.RestartAsync();

        Assert.That((await desk.CompletedAsync(job)).Number("delivered"), Is.EqualTo(120));
        var taken = await desk.TakeAsync(120);
        Assert.That(taken.Select(e => long.Parse(e[ExtensionAttributes.Sequence]!)), Is.EqualTo(Enumerable.Range(1, 120)), "each once, in order");
    }

    [Test]
    public async Task Should_be_run_by_one_node_at_a_time()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await using var beside = await desk.Bus.StartBesideAsync();
        await desk.PublishAsync(120);
        await desk.RejectAsync(120);

        var job = await desk.StartAsync("redrives", new { all = true, rate = 100, reason = "Lỗi của bộ chuyển đổi đã sửa", officer = "CB-17" });
        await desk.CompletedAsync(job.Id());

        var taken = await desk.TakeAsync(120);
        await using var channel = await desk.OpenAsync();
        Assert.That(await channel.TakeAsync(DeliveryDesk.Queue), Is.Null, "nothing twice");
        Assert.That(taken.Select(e => long.Parse(e[ExtensionAttributes.Sequence]!)), Is.EqualTo(Enumerable.Range(1, 120)));
    }

    private static Task<JsonElement> DeliveredAsync(DeliveryDesk desk, string job, long atLeast) =>
        Eventually.GetAsync(() => desk.JobAsync(job), j => j.Number("delivered") >= atLeast, $"{atLeast} delivered");

    // The promise is a quarter of a second; what comes into the queue after it would be seen in the half second that follows.
    private static async Task StillAsync(DeliveryDesk desk)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
        await using var channel = await desk.OpenAsync();
        var then = (await channel.QueueDeclarePassiveAsync(DeliveryDesk.Queue)).MessageCount;
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        Assert.That((await channel.QueueDeclarePassiveAsync(DeliveryDesk.Queue)).MessageCount, Is.EqualTo(then), "nothing comes any more");
    }
}
