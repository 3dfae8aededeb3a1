using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_too_many_events_are_held
{
    private const string CountWaiting = "select count(*) from held_event where decided_at is null";

    private static readonly TestAgency Other = new("G22.99.09", "portal", ["vn.portal.*"]);

    private static readonly TestAgency Desk = new("G06", "desk", []) { Reviews = true };

    private RunningBus _bus = null!;
    private HttpClient _portal = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var settings = Samples.WithoutProcedures;
        settings["Log:HeldEventsPerSource"] = "2";
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Other, Desk], settings);
        _portal = _bus.ClientOf(Samples.Portal);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_refuse_one_more_for_now_and_take_what_nobody_must_judge()
    {
        var first = Unmapped(1);
        await ExpectHeldAsync(_portal, first);
        await ExpectHeldAsync(_portal, Unmapped(2));

        await ExpectLimitedAsync(Unmapped(3));
        await ExpectHeldAsync(_portal, first);
        using (var sound = await PostAsync(_portal, Samples.LinkedBirth(subject: Dossier(4))))
            Assert.That((await ReceiptAsync(sound)).Accepted, Is.True);
        using (var other = _bus.ClientOf(Other))
            await ExpectHeldAsync(other, Unmapped(5) with { Source = Other.Source });
        Assert.That(await Database.CountAsync(_bus.ConnectionString, CountWaiting), Is.EqualTo(3));
        Assert.That(await Database.CountAsync(_bus.ConnectionString, "select count(*) from event_log"), Is.EqualTo(1), "what was refused must not be in the log");
    }

    [Test]
    public async Task Should_refuse_what_would_wait_behind_one()
    {
        await ExpectHeldAsync(_portal, Unmapped(1));
        await ExpectHeldAsync(_portal, Samples.LinkedBirth(subject: Dossier(1)));
        var behind = Samples.LinkedBirth(subject: Dossier(1));

        await ExpectLimitedAsync(behind);

        using (var desk = _bus.ClientOf(Desk))
        using (var decided = await desk.PostAsJsonAsync("held-events/1/decision", new { decision = "release", note = "Xã mới theo nghị quyết", officer = "CB-17" }))
            decided.EnsureSuccessStatusCode();
        using var again = await PostAsync(_portal, behind);
        Assert.That((await ReceiptAsync(again)).Accepted, Is.True, "it was not kept, so it can come again");
    }

    [Test]
    public async Task Should_answer_each_event_of_a_batch()
    {
        var events = Enumerable.Range(1, 4).Select(Unmapped).Append(Samples.LinkedBirth(subject: Dossier(5)));
        using var content = new StringContent($"[{string.Join(',', events.Select(e => System.Text.Encoding.UTF8.GetString(CloudEventJson.Write(e))))}]", new System.Net.Http.Headers.MediaTypeHeaderValue(CloudEventJson.BatchMediaType));

        using var answer = await _portal.PostAsync("events", content);

        var receipts = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Select(r => r.Accepted ? "accepted" : r.Violations[0].Code), Is.EqualTo(["unit.unmapped", "unit.unmapped", "limit.held", "limit.held", "accepted"]));
    }

    private static string Dossier(int number) => $"G22.99.08-261123-{number:D6}";

    private static CloudEvent Unmapped(int number)
    {
        var sound = Samples.LinkedBirth(subject: Dossier(number));
        var body = JsonNode.Parse(sound.Data.Span)!;
        body["commune"] = "99999";
        return sound with { Data = JsonSerializer.SerializeToUtf8Bytes(body) };
    }

    private static async Task ExpectHeldAsync(HttpClient publisher, CloudEvent published)
    {
        using var answer = await PostAsync(publisher, published);
        Assert.That((await ReceiptAsync(answer)).Held, Is.True);
    }

    private async Task ExpectLimitedAsync(CloudEvent published)
    {
        using var answer = await PostAsync(_portal, published);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(answer.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"limit.held\""));
        }
    }

    private static async Task<Receipt> ReceiptAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient publisher, CloudEvent published) =>
        publisher.PostAsync("events", new ByteArrayContent(CloudEventJson.Write(published).ToArray()) { Headers = { ContentType = new(CloudEventJson.MediaType) } });
}
