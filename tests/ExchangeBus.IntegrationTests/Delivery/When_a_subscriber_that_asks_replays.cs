using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery;
using ExchangeBus.Delivery.Pull;
using ExchangeBus.Log;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_subscriber_that_asks_replays
{
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _desk = await AgreementDesk.OpenAsync();
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await _desk.SubscribeAsync("pulled", "statistics", way: "pull");
    }

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_read_its_part_in_order_and_leave_the_live_cursor_alone()
    {
        var published = await LiveAsync(6);
        var job = await ReplayAsync(published[1], published[4]);
        var next = await _desk.PublishAsync();

        var (first, link) = await PageAsync($"replay={job}&limit=3");
        var (again, _) = await PageAsync($"replay={job}&limit=3");
        var live = (await PageAsync("")).Events;
        var half = await JobAsync(job);
        var (second, _) = await PageAsync(link!.Split('?')[1].Split('>')[0] + "&limit=3");
        var (last, over) = await PageAsync($"replay={job}&after={published[4]}");
        var (lost, _) = await PageAsync($"replay={job}&after={published[4]}");
        var done = await JobAsync(job);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Concat(second).Select(AgreementDesk.SequenceOf), Is.EqualTo(published[1..5]), "the part, in order");
            Assert.That(again.Select(AgreementDesk.SequenceOf), Is.EqualTo(published[1..4]), "what is not acknowledged comes again");
            Assert.That(first.Concat(second).Select(e => e[ExtensionAttributes.ReplayId]), Is.All.EqualTo(job));
            Assert.That(first.Select(e => e[ExtensionAttributes.PreviousSequence]), Is.All.Null, "outside the live chain");
            Assert.That(live.Select(e => (AgreementDesk.SequenceOf(e), e[ExtensionAttributes.ReplayId])), Is.EqualTo(new[] { (next, (string?)null) }), "live goes on beside it");
            Assert.That((half.State, half.Position, half.Delivered), Is.EqualTo(("running", published[1] - 1, 3L)));
            Assert.That((last.Count, over, lost.Count), Is.EqualTo((0, (string?)null, 0)), "the end says so, as often as it is asked");
            Assert.That((done.State, done.Position, done.Delivered), Is.EqualTo(("completed", published[4], 4L)));
            Assert.That(await CountAsync("select acknowledged from delivery_position where subscription = 'G18.pulled'"), Is.EqualTo(published[^1]), "the live cursor");
            Assert.That(await CountAsync("select deliveries from delivery_position where subscription = 'G18.pulled'"), Is.EqualTo(7), "a replay is no first delivery");
        }
    }

    [Test]
    public async Task Should_get_what_the_rules_of_today_permit()
    {
        var published = await LiveAsync(4);
        var job = await ReplayAsync(published[0], published[3]);
        var (before, _) = await PageAsync($"replay={job}&limit=1");
        var terms = AgreementDesk.Asks($"subject LIKE '%3'", "statistics");
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Put, "subscriptions/G18.pulled", new JsonObject { ["terms"] = terms, ["reason"] = "fewer are needed" });

        var (after, _) = await PageAsync($"replay={job}&after={published[0]}");
        await PageAsync($"replay={job}&after={published[3]}");
        var done = await JobAsync(job);

        Assert.That((before.Count, after.Select(AgreementDesk.SequenceOf)), Is.EqualTo((1, (IEnumerable<long>)[published[3]])));
        Assert.That((done.State, done.Delivered, done.Skipped), Is.EqualTo(("completed", 2L, 2L)), "each counted once");
    }

    [Test]
    public async Task Should_say_what_cannot_be_read()
    {
        var published = await LiveAsync(3);
        var job = await ReplayAsync(published[0], published[2]);
        await Task.Delay(400, CancellationToken.None);
        Assert.That(await CountAsync("select count(*) from delivery_job where started_at is not null"), Is.Zero, "no node takes it: the questions run it");
        await PageAsync($"replay={job}&limit=1");
        async Task<(int, string[])> ReadAsync(string query) => await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/events?{query}", null);

        Assert.That(await ReadAsync($"replay={job}&after={published[1]}"), Is.EqualTo((422, new[] { "/after pull.notgiven" })));
        Assert.That(await ReadAsync($"replay={Guid.CreateVersion7()}"), Is.EqualTo((404, new[] { " job.unknown" })));
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/G18.pulled/jobs/{job}/pause", new JsonObject { ["reason"] = "too much at once", ["officer"] = "CB-17" });
        Assert.That(await ReadAsync($"replay={job}"), Is.EqualTo((409, new[] { " job.state" })));
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.pulled/redrives",
            new JsonObject { ["all"] = true, ["reason"] = "as decided", ["officer"] = "CB-17" }), Is.EqualTo((409, new[] { " job.way" })));
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        Assert.That(await ReadAsync($"replay={job}"), Is.EqualTo((403, new[] { " pull.suspended" })));
    }

    [Test]
    public async Task Should_be_ended_when_nobody_reads_it_and_keep_no_days_of_the_log_any_more()
    {
        var published = await LiveAsync(3);
        var (unread, read, paused) = (await ReplayAsync(published[0], published[2]), await ReplayAsync(published[0], published[2]), await ReplayAsync(published[1], published[2]));
        await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/G18.pulled/jobs/{paused}/pause", new JsonObject { ["reason"] = "later", ["officer"] = "CB-17" });
        await Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None);
        await PageAsync($"replay={read}&limit=1");
        var createdAt = (await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/jobs/{paused}", null)).GetProperty("createdAt").GetDateTimeOffset();
        var log = _desk.Bus.Provider.GetServices<ILogConsumer>().OfType<AcknowledgedByAll>().Single();

        await LookAsync(createdAt + TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        var before = (await JobAsync(unread)).State;
        await LookAsync(createdAt + TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        var ended = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/jobs/{unread}", null);
        var others = ((await JobAsync(read)).State, (await JobAsync(paused)).State);
        var keptByRead = await log.DoneUpToAsync(CancellationToken.None);
        await LookAsync(createdAt + TimeSpan.FromDays(8));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, ended.GetProperty("state").GetString(), others), Is.EqualTo(("running", "expired", ("running", "paused"))), "what was read goes on, what a person has paused is left");
            var last = ended.GetProperty("steps").EnumerateArray().Last();
            Assert.That((last.GetProperty("action").GetString(), last.GetProperty("by").GetString(), ended.TryGetProperty("endedAt", out _)), Is.EqualTo(("expire", "exchangebus", true)));
            Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/events?replay={unread}", null), Is.EqualTo((409, new[] { " job.state" })));
            Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/G18.pulled/jobs/{unread}/resume",
                new JsonObject { ["reason"] = "once more", ["officer"] = "CB-17" }), Is.EqualTo((409, new[] { " job.state" })));
            Assert.That((await JobAsync(read)).State, Is.EqualTo("expired"));
            Assert.That((keptByRead, await log.DoneUpToAsync(CancellationToken.None)), Is.EqualTo((published[0] - 1, published[1] - 1)), "only the paused one still keeps its part of the log");
        }
    }

    private Task LookAsync(DateTimeOffset now) => new UnreadReplays(_desk.Bus.Provider.GetRequiredService<NpgsqlDataSource>(), _desk.Bus.Provider.GetRequiredService<IOptions<PullOptions>>(),
        new FakeTimeProvider(now), NullLogger<UnreadReplays>.Instance).LookAsync(CancellationToken.None);

    /// <summary>Publishes, and is done with all of it as live traffic.</summary>
    private async Task<long[]> LiveAsync(int count)
    {
        var published = new long[count];
        for (var i = 0; i < count; i++)
            published[i] = await _desk.PublishAsync($"G22.99.08-261129-{i:000000}");
        await PageAsync("");
        await PageAsync($"after={published[^1]}");
        return published;
    }

    private async Task<string> ReplayAsync(long from, long to) => (await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.pulled/replays",
        new JsonObject { ["fromSequence"] = from, ["toSequence"] = to, ["reason"] = "Restored from a backup", ["officer"] = "CB-17" })).Id();

    private async Task<(List<CloudEvent> Events, string? Link)> PageAsync(string query)
    {
        using var answer = await _desk.AtReceiver.GetAsync($"subscriptions/G18.pulled/events?{query}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), text);
        return ([.. JsonNode.Parse(text)!.AsArray().Select(e => CloudEventJson.Read(System.Text.Encoding.UTF8.GetBytes(e!.ToJsonString())))],
            answer.Headers.TryGetValues("Link", out var links) ? links.Single() : null);
    }

    private async Task<(string State, long Position, long Delivered, long Skipped)> JobAsync(string job)
    {
        var view = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/G18.pulled/jobs/{job}", null);
        return (view.GetProperty("state").GetString()!, view.Number("position"), view.Number("delivered"), view.GetProperty("skipped").EnumerateObject().Sum(s => s.Value.GetInt64()));
    }

    private Task<long> CountAsync(string sql) => Database.CountAsync(_desk.Bus.ConnectionString, sql);
}
